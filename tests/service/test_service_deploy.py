"""What can be checked of the deployment files without a container engine."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest

from archive_ai.cli.serve import serve
from archive_ai.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "service" / "deploy"
DOCKERFILES = ("Dockerfile", "Dockerfile.gpu")
OPTIONS = {name for parameter in serve.params for name in parameter.opts}


def instructions(name: str) -> list[str]:
    text = (DEPLOY / name).read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return "\n".join(lines).replace("\\\n", " ").splitlines()


@pytest.mark.parametrize("name", DOCKERFILES)
def test_what_is_copied_exists(name: str) -> None:
    for line in instructions(name):
        if line.startswith("COPY ") and "--from=" not in line:
            for source in line.split()[1:-1]:
                assert (ROOT / source).exists(), source


@pytest.mark.parametrize("name", DOCKERFILES)
def test_images_do_not_run_as_root(name: str) -> None:
    lines = instructions(name)
    users = [number for number, line in enumerate(lines) if line.startswith("USER ")]
    command = next(number for number, line in enumerate(lines) if line.startswith("CMD "))
    assert users and users[-1] < command
    assert lines[users[-1]] != "USER root"


@pytest.mark.parametrize("name", [*DOCKERFILES, "archive-ai.service"])
def test_options_and_settings_exist(name: str) -> None:
    text = (DEPLOY / name).read_text("utf-8")
    command = next(line for line in text.splitlines() if line.startswith(("CMD [", "ExecStart=")))
    used = set(re.findall(r"--[a-z-]+", command))
    assert used
    assert used <= OPTIONS
    for setting in re.findall(r"ARCHIVE_AI_([A-Z_]+)=", text):
        assert setting.lower() in Settings.model_fields


def test_only_the_gpu_image_has_torch() -> None:
    cpu, gpu = ("\n".join(instructions(name)) for name in DOCKERFILES)
    assert "[torch]" not in cpu
    assert ".[torch]" in gpu


def test_the_unit_is_hardened() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[method-assign,assignment]
    unit.read(DEPLOY / "archive-ai.service", "utf-8")
    service = unit["Service"]
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "true"
    assert service["User"] != "root"
    assert "127.0.0.1" in service["ExecStart"]


def test_the_manual_names_every_option_of_serve() -> None:
    manual = (ROOT / "docs" / "deploy.md").read_text("utf-8")
    for option in OPTIONS - {"--help"}:
        assert option in manual, option
