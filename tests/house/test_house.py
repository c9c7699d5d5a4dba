"""The house stays calm: sizes, light imports, documents that say what is true."""

from __future__ import annotations

import ast
import importlib.util
import inspect
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import click
import pytest

import archive_ai
from archive_ai import errors
from archive_ai.cli.app import cli
from archive_ai.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    path
    for folder in ("src", "service", "models/training", "data")
    for path in (ROOT / folder).rglob("*.py")
)
DOCUMENTS = "\n".join(
    path.read_text("utf-8") for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
)

LONGEST_FILE, LONGEST_FUNCTION, MOST_PARAMETERS = 350, 60, 7


def _functions() -> Iterator[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def test_files_and_functions_are_short() -> None:
    long = [str(p) for p in SOURCES if len(p.read_text("utf-8").splitlines()) > LONGEST_FILE]
    for path, function in _functions():
        if (function.end_lineno or 0) - function.lineno > LONGEST_FUNCTION:
            long.append(f"{path}:{function.name}")
        parameters = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        names = [one.arg for one in parameters if one.arg not in {"self", "cls"}]
        if len(names) > MOST_PARAMETERS:
            long.append(f"{path}:{function.name}: {len(names)} parameters")
    assert long == []


def test_no_room_for_what_fits_nowhere() -> None:
    bad = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
    assert [path for path in SOURCES if path.stem in bad or path.parent.name in bad] == []


def test_every_module_says_why_it_exists() -> None:
    assert [p for p in SOURCES if not ast.get_docstring(ast.parse(p.read_text("utf-8")))] == []


@pytest.mark.parametrize("statement", ["import archive_ai", "import archive_ai.cli"])
def test_importing_loads_nothing_heavy(statement: str) -> None:
    heavy = "{'torch', 'faiss', 'sqlalchemy', 'fastapi', 'onnxruntime', 'numpy.random', 'rich', "
    heavy += "'rdflib', 'PIL', 'pyvips', 'pydantic', 'ray'}"
    code = (
        f"import sys\n{statement}\nprint(sorted({heavy} & set(sys.modules) - {{'numpy.random'}}))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def _commands(group: click.Group, prefix: str = "archive-ai") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}"


def test_every_command_is_in_the_documents() -> None:
    assert [name for name in _commands(cli) if name not in DOCUMENTS] == []


def test_every_command_has_help_and_an_example() -> None:
    def walk(group: click.Group) -> Iterator[click.Command]:
        for command in group.commands.values():
            yield from walk(command) if isinstance(command, click.Group) else (command,)

    assert [c.name for c in walk(cli) if not c.help] == []
    assert [
        c.name for c in cli.commands.values() if not isinstance(c, click.Group) and not c.epilog
    ] == []


def test_every_error_code_and_setting_is_in_the_documents() -> None:
    codes = {
        found.code
        for _, found in inspect.getmembers(errors, inspect.isclass)
        if issubclass(found, errors.ArchiveAiError)
    }
    names = {f"ARCHIVE_AI_{name.upper()}" for name in Settings.model_fields}
    assert sorted(one for one in codes | names if one not in DOCUMENTS) == []


def test_every_dependency_earns_its_place_in_a_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    said = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    names = {one.split(">=")[0] for one in wanted if not one.startswith("archive-ai")}
    assert sorted(name for name in names if name not in said) == []


def test_constraints_pin_every_dependency_and_name_no_registry() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in lines if "==" in line}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    names = {
        one.split(">=")[0].split("[")[0].lower().replace("_", "-")
        for one in wanted
        if not one.startswith("archive-ai")
    }
    assert sorted(names - pinned) == []
    assert [line for line in lines if "://" in line or " @ " in line] == []


def test_the_version_is_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == archive_ai.__version__


def test_no_switch_for_tests_in_shipped_code() -> None:
    marks = ("PYTEST", "pytest", "unittest", "is_test", "testing =")
    found = [str(path) for path in SOURCES for mark in marks if mark in path.read_text("utf-8")]
    assert found == []


def test_migrations_make_just_the_tables_of_the_schema(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from archive_ai.catalogue.database import HEAD, open_database, prepare, revision
    from archive_ai.catalogue.schema import metadata

    path = tmp_path / "catalogue.sqlite"
    engine = open_database(path)
    prepare(engine, path)
    assert revision(engine) == HEAD
    with engine.connect() as connection:
        # Tables of the full-text search are virtual, and none of SQLAlchemy's business.
        options = {
            "compare_type": True,
            "include_name": lambda name, kind, _: kind != "table" or "_text" not in name,
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_torch_module_is_one() -> None:
    users = [
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        if "models/training" not in path.as_posix()
        and any(
            isinstance(node, ast.Import)
            and any(a.name.split(".")[0] == "torch" for a in node.names)
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
        )
    ]
    assert users == ["src/archive_ai/encoders/openclip.py"]
    assert importlib.util.find_spec("archive_ai") is not None
