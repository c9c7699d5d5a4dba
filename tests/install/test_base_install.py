"""The base install, in an environment of its own: a wheel, no torch, everything works."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    return subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=environment,
        timeout=600,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir"]
    done = _run(*command, folder, ROOT, cwd=folder)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("archive_ai-*.whl"))


@pytest.fixture(scope="module")
def binaries(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of programs of a new environment that holds the base install."""
    folder = tmp_path_factory.mktemp("base") / "environment"
    venv.create(folder, with_pip=True)
    pip = folder / "bin" / "pip"
    constraints = ROOT / "constraints.txt"
    done = _run(pip, "install", "--quiet", "--constraint", constraints, wheel, cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "bin"


@pytest.mark.install
def test_the_wheel_is_a_whole_system(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "archive_ai/cli/app.py",
        "archive_ai/catalogue/migrations/versions/0001_first.py",
        "archive_ai_service/app.py",
        "archive_ai/bundled/models/archive-mini/onnx/image.onnx",
        "archive_ai/bundled/models/archive-mini/open_clip/open_clip_model.safetensors",
        "archive_ai/bundled/models/archive-mini/README.md",
        "archive_ai/bundled/vocabulary/heilbronn.ttl",
        "archive_ai/bundled/deny/deny.csv",
        "archive_ai/bundled/background/queries.txt",
        "archive_ai_service/page/index.html",
        "archive_ai_service/page/licences.txt",
    ):
        assert name in names
    assert not [name for name in names if "node_modules" in name or name.endswith(".svelte")]


@pytest.mark.install
def test_without_torch_everything_but_other_models_works(
    binaries: Path, scans: Path, tmp_path: Path
) -> None:
    program, python = binaries / "archive-ai", binaries / "python"
    assert _run(python, "-c", "import torch", cwd=tmp_path).returncode == 1
    for arguments in (
        ("index", scans),
        ("search", "Kirche am Fluss"),
        ("similar", scans / "F0" / "000.png"),
        ("tag",),
        ("tags", scans / "F0" / "000.png"),
        ("map",),
        ("status",),
        ("verify",),
    ):
        done = _run(program, *arguments, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    refused = _run(program, "index", scans, "--model", "ViT-B-32/openai", cwd=tmp_path)
    assert refused.returncode == 1
    assert "pip install 'archive-ai[torch]'" in refused.stderr
    code = "import archive_ai_service.app, sys; assert 'torch' not in sys.modules"
    assert _run(python, "-c", code, cwd=tmp_path).returncode == 0


@pytest.mark.install
def test_it_serves_the_page_without_node(binaries: Path, scans: Path, tmp_path: Path) -> None:
    program, archive = binaries / "archive-ai", tmp_path / "archive"
    done = _run(program, "index", scans, "--archive", archive, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    base = f"http://127.0.0.1:{port}"
    command = [str(program), "serve", "--archive", str(archive), "--port", str(port)]
    # Not even a node of this machine: nothing but what the wheel brought can be found.
    alone = {"PATH": str(binaries), "HOME": str(tmp_path)}
    with subprocess.Popen(command, cwd=tmp_path, env=alone, stderr=subprocess.DEVNULL) as process:
        try:
            page = _answer(process, f"{base}/")
            assets = re.findall(r'(?:src|href)="(/assets/[^"]+)"', page)
            assert {asset.rpartition(".")[2] for asset in assets} == {"js", "css"}
            for asset in assets:
                assert _answer(process, base + asset)
        finally:
            process.terminate()


def _answer(process: subprocess.Popen[bytes], url: str) -> str:
    """Return what an address answers, once the server is there."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        assert process.poll() is None
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                return str(answer.read().decode("utf-8"))
        except urllib.error.URLError:
            time.sleep(0.2)  # it is starting
    raise AssertionError(f"{url} does not answer")
