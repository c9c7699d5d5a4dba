"""The command line: documents for scripts, sentences for people, the right exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from archive_ai.cli import app


def run(*arguments: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess:
    """Run the real program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "archive_ai", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **(environment or {})},
        timeout=120,
        check=False,
    )


def document(*arguments: str) -> dict[str, Any]:
    """Run a command with --json and return its one document."""
    done = run(*arguments, "--json")
    assert done.returncode in {0, 3}, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


@pytest.fixture
def indexed(scans: Path, tiny_model: str) -> Path:
    (scans / "broken.jpg").write_bytes(b"\xff\xd8\xff torn")
    done = run("index", str(scans), "--model", tiny_model)
    assert done.returncode == 3, done.stderr
    assert "12 photos indexed" in done.stdout
    assert "broken.jpg" in done.stdout
    return scans


def test_documents_have_the_shapes_that_scripts_rely_on(scans: Path, tiny_model: str) -> None:
    index = document("index", str(scans), "--model", tiny_model)
    assert set(index) >= {
        "seen", "indexed", "unchanged", "moved", "failed", "missing", "ignored", "seconds",
        "images_per_second", "stages", "failures",
    }  # fmt: skip
    search = document("search", "Kirche", "-n", "3")
    assert set(search) >= {"query", "generation", "total_strong", "hits", "ms"}
    assert len(search["hits"]) == 3
    hit = search["hits"][0]
    assert set(hit) >= {"photo", "path", "page", "score", "strength", "reasons", "tags"}
    assert [reason["source"] for reason in hit["reasons"]] == ["words"]
    similar = document("similar", hit["photo"])
    assert set(similar) == set(search)
    run_document = document("tag")
    assert run_document["number"] == 1
    tags = document("tags", hit["photo"])
    assert set(tags) == {"photo", "tags"}
    status = document("status")
    assert set(status) >= {"photos", "files", "generation", "model", "tags", "jobs"}
    assert set(status["files"]) == {"present", "missing", "failed"}
    verify = document("verify")
    assert set(verify) == {"ok", "checked", "problems"}
    assert verify["ok"] is True
    assert document("runs", "list")["runs"][0]["number"] == 1
    assert document("runs", "withdraw", "1") == {"run": 1, "withdrawn": True}


def test_people_get_tables(indexed: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.html"
    search = run("search", "Kirche", "am", "Fluss", "--sheet", str(sheet))
    assert search.returncode == 0
    assert "Kirche am Fluss" in search.stdout
    assert "strength" in search.stdout
    assert sheet.read_text("utf-8").count("data:image/jpeg") == 12
    table = run("search", "Kirche", "--csv").stdout.splitlines()
    assert len(table) == 13
    assert "photos" in run("status").stdout
    assert "broken.jpg" in run("status", "--failures").stdout
    assert "No problem" in run("verify").stdout


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["index", "/nowhere/at/all"], 1, "There is no file or folder /nowhere/at/all."),
        (["index", ".", "--model", "nonsense"], 2, "There is no model named nonsense."),
        (["index", ".", "--model", "local-dir:/nowhere"], 1, "There is no model folder /nowhere."),
        (["search", "Kirche"], 1, "There is no archive in"),
        (["similar", "x.jpg"], 1, "There is no archive in"),
        (["search"], 2, "The query is empty."),
        (["index", ".", "--nonsense"], 2, "No such option"),
        (["evaluate", "retrieval", "/nowhere.csv"], 1, "/nowhere.csv"),
        (["serve", "--host", "0.0.0.0"], 1, "There is no archive in"),
    ],
)
def test_bad_input_is_one_clear_sentence(
    arguments: list[str], status: int, sentence: str, tmp_path: Path
) -> None:
    done = run(*arguments)
    assert done.returncode == status
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "archive").exists()


def test_bad_input_on_an_archive_is_one_clear_sentence(indexed: Path, tmp_path: Path) -> None:
    for arguments, status, sentence in (
        (["similar", "p_nothing"], 2, "neither a photo of this archive nor a picture file"),
        (["tags", "p_nothing"], 2, "holds no photo p_nothing"),
        (["similar", str(indexed / "broken.jpg")], 1, "broken.jpg"),
        (["search", " "], 2, "The query is empty."),
        (["tag", "--concept", "nonsense"], 2, "has no concept nonsense"),
        (["runs", "withdraw", "7"], 2, "no tagging run 7"),
        (["serve", "--host", "0.0.0.0"], 2, "nobody could sign in"),
    ):
        done = run(*arguments)
        assert (done.returncode, "Traceback" in done.stderr) == (status, False), done.stderr
        assert sentence in done.stderr
    failed = json.loads(run("tags", "p_nothing", "--json").stdout)
    assert failed["error"]["code"] == "unknown-photo"
    file = tmp_path / "archive" / "archive.toml"
    file.write_text("format = 99\n")
    done = run("status")
    assert done.returncode == 1
    assert "newer version" in done.stderr


def test_an_archive_locked_by_another_run_is_refused(indexed: Path, tmp_path: Path) -> None:
    from filelock import FileLock

    with FileLock(tmp_path / "archive" / "archive.lock"):
        done = run("index", str(indexed))
        assert done.returncode == 1
        assert "Another run of archive-ai is writing" in done.stderr
        assert run("search", "Kirche").returncode == 0


def test_an_archive_folder_that_cannot_be_made_is_one_sentence(
    scans: Path, tiny_model: str, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    done = run(
        "index", str(scans), "--model", tiny_model, "--archive", str(tmp_path / "file" / "archive")
    )
    assert done.returncode == 1
    assert "cannot be made" in done.stderr
    assert "Traceback" not in done.stderr


def test_options_come_from_flag_environment_and_file_in_that_order(
    indexed: Path, tmp_path: Path
) -> None:
    from archive_ai.archive import load

    folder = tmp_path / "archive"
    (folder / "archive.toml").write_text("format = 1\n[settings]\nport = 1234\nworkers = 3\n")
    assert load(archive=folder).port == 1234
    assert load(archive=folder, port=99).port == 99
    done = run("status", environment={"ARCHIVE_AI_PORT": "no number"})
    assert done.returncode == 2
    assert "The option port is not usable" in done.stderr
    (folder / "archive.toml").write_text("format = 1\n[settings]\nnonsense = 1\n")
    done = run("status")
    assert done.returncode == 2
    assert "nonsense" in done.stderr


def test_an_interrupt_ends_with_130_and_keeps_what_was_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("archive_ai.cli.status.open_archive", interrupt)
    assert app.run(["status"]) == 130
    assert "What was done is kept" in capsys.readouterr().err


def test_help_of_every_command_works() -> None:
    for name in app.cli.commands:
        found = CliRunner().invoke(app.cli, [name, "--help"])
        assert found.exit_code == 0
        assert "Usage:" in found.output
