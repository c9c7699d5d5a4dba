"""Jobs: asked for, done by one worker, stopped, interrupted, asked for again."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from filelock import FileLock

from archive_ai.archive import Archive, Worker
from archive_ai.archive.jobs import permitted
from archive_ai.cli.app import run
from archive_ai.domain import Job, JobState
from archive_ai.errors import NotAllowed, UnknownJob, UsageError
from made_scans import write_picture

Opening = Callable[..., Archive]

WORKER = [sys.executable, "-m", "archive_ai", "worker"]


@pytest.fixture
def archive(open_archive: Opening, monkeypatch: pytest.MonkeyPatch, tiny_model: str) -> Archive:
    monkeypatch.setenv("ARCHIVE_AI_MODEL", tiny_model)  # for the processes that a test starts
    return open_archive()


def until(archive: Archive, number: int, holds: Callable[[Job], bool]) -> Job:
    for _ in range(3000):
        job = archive.jobs.get(number)
        if holds(job):
            return job
        time.sleep(0.01)
    pytest.fail(f"job {number} is {archive.jobs.get(number)}")


def test_a_job_does_what_the_command_does(archive: Archive, scans: Path) -> None:
    index = archive.jobs.post("index", {"paths": [str(scans)], "collection": "Probe"}, "erika")
    tag = archive.jobs.post("tag", {}, "erika")
    verify = archive.jobs.post("verify", {}, "erika")
    assert [one.state for one in archive.jobs.newest()] == [JobState.QUEUED] * 3
    assert Worker(archive).work(until_idle=True) == 3
    done = archive.jobs.get(index.number)
    assert done.state is JobState.DONE
    assert done.progress == {"done": 12, "total": 12, "failed": 0}
    assert done.outcome is not None
    assert (done.outcome["seen"], done.outcome["indexed"]) == (12, 12)
    assert done.started_at is not None and done.finished_at is not None
    tagged = archive.jobs.get(tag.number).outcome
    assert tagged is not None and tagged["number"] == archive.runs()[0].number
    checked = archive.jobs.get(verify.number).outcome
    assert checked is not None and checked["ok"] is True
    assert [one["number"] for one in archive.status()["jobs"]] == [3, 2, 1]


def test_what_fails_says_why_and_the_next_is_done(archive: Archive, tmp_path: Path) -> None:
    archive.jobs.post("index", {"paths": [str(tmp_path / "nowhere")]}, "erika")
    archive.jobs.post("learn", {"concept": "kein-begriff"}, "erika")
    archive.jobs.post("verify", {}, "erika")
    Worker(archive).work(until_idle=True)
    states = [archive.jobs.get(number).state for number in (1, 2, 3)]
    assert states == [JobState.FAILED, JobState.FAILED, JobState.DONE]
    codes = [(archive.jobs.get(number).outcome or {})["error"]["code"] for number in (1, 2)]
    assert codes == ["path-missing", "unknown-concept"]


def test_what_cannot_be_asked_for(archive: Archive) -> None:
    for kind, arguments in (
        ("fly", {}),
        ("index", {}),
        ("learn", {}),
        ("tag", {"paths": ["/"]}),
    ):
        with pytest.raises(UsageError):
            archive.jobs.post(kind, arguments, "erika")
    with pytest.raises(UnknownJob):
        archive.jobs.get(7)
    assert archive.jobs.newest() == []


def test_one_that_waits_is_stopped_at_once_and_can_be_asked_for_again(archive: Archive) -> None:
    number = archive.jobs.post("verify", {}, "erika").number
    with pytest.raises(UsageError):
        archive.jobs.again(number, "otto")
    assert archive.jobs.stop(number).state is JobState.STOPPED
    assert Worker(archive).work(until_idle=True) == 0
    again = archive.jobs.again(number, "otto")
    assert (again.kind, again.by, again.state) == ("verify", "otto", JobState.QUEUED)
    assert archive.jobs.stop(number).state is JobState.STOPPED


def another_run(archive: Archive) -> FileLock:
    """Write to the archive as another run would, so that a job waits for it."""
    return FileLock(archive.settings.archive / "archive.lock")


def test_a_worker_is_stopped_by_a_wish_and_by_a_signal(archive: Archive, scans: Path) -> None:
    first = archive.jobs.post("index", {"paths": [str(scans)]}, "erika").number
    with (
        another_run(archive),
        subprocess.Popen(WORKER, stderr=subprocess.PIPE, text=True) as process,
    ):
        try:
            until(archive, first, lambda job: job.state is JobState.RUNNING)
            archive.jobs.stop(first)
            stopped = until(archive, first, lambda job: job.state.ended)
            second = archive.jobs.again(first, "erika").number
            until(archive, second, lambda job: job.state is JobState.RUNNING)
            process.send_signal(signal.SIGTERM)
            _, said = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 0, said
    assert "Traceback" not in said
    assert stopped.state is JobState.STOPPED
    assert archive.jobs.get(second).state is JobState.INTERRUPTED


def test_what_was_interrupted_goes_on_where_it_was(archive: Archive, tmp_path: Path) -> None:
    for number in range(400):
        write_picture(tmp_path / "many" / f"{number:04d}.png", number)
    first = archive.jobs.post("index", {"paths": [str(tmp_path / "many")]}, "erika").number
    worker = Worker(archive)
    thread = Thread(target=worker.work)
    thread.start()
    until(archive, first, lambda job: job.state is JobState.RUNNING)
    worker.stop()
    thread.join()
    assert archive.jobs.get(first).state is JobState.INTERRUPTED
    assert archive.verify()[1] == []
    again = archive.jobs.again(first, "erika").number
    Worker(archive).work(until_idle=True)
    assert archive.jobs.get(again).state is JobState.DONE
    assert archive.status()["photos"] == 400
    assert archive.verify()[1] == []


def test_one_whose_process_died_is_found_to_be_interrupted(archive: Archive, scans: Path) -> None:
    number = archive.jobs.post("index", {"paths": [str(scans)]}, "erika").number
    with another_run(archive), subprocess.Popen(WORKER) as process:
        until(archive, number, lambda job: job.state is JobState.RUNNING)
        process.kill()
    assert archive.jobs.get(number).state is JobState.RUNNING
    Worker(archive).work(until_idle=True)
    assert archive.jobs.get(number).state is JobState.INTERRUPTED


def test_only_one_works_and_a_job_waits_for_another_run(archive: Archive, scans: Path) -> None:
    number = archive.jobs.post("index", {"paths": [str(scans)]}, "erika").number
    folder = archive.settings.archive
    with FileLock(folder / "worker.lock"):
        assert Worker(archive).work(until_idle=True) == 0
        assert archive.jobs.stop(number).state is JobState.STOPPED
    number = archive.jobs.again(number, "erika").number
    lock = another_run(archive)
    with lock, subprocess.Popen([*WORKER, "--until-idle"]) as process:
        until(archive, number, lambda job: job.state is JobState.RUNNING)
        assert process.poll() is None
        lock.release()
        assert process.wait(60) == 0
    assert archive.jobs.get(number).state is JobState.DONE


def test_the_commands(archive: Archive, scans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def said(*arguments: str) -> dict[str, object]:
        assert run(["jobs", *arguments, "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert isinstance(found, dict)
        return found

    asked = said("run", "index", str(scans), "--collection", "Probe")
    assert asked["arguments"] == {"paths": [str(scans)], "collection": "Probe"}
    assert said("run", "tag", "--concept", "kirche")["kind"] == "tag"
    assert said("run", "learn", "kirche")["arguments"] == {"concept": "kirche"}
    assert said("run", "verify")["state"] == "queued"
    assert said("stop", "4")["state"] == "stopped"
    assert said("again", "4")["number"] == 5
    assert run(["worker", "--until-idle"]) == 0
    listed = said("list")["jobs"]
    assert [one["state"] for one in listed] == ["done", "stopped", "failed", "done", "done"]
    assert run(["jobs", "list"]) == 0
    assert "interrupted" not in capsys.readouterr().out
    assert run(["jobs", "show", "1"]) == 0
    assert "12 of 12" in capsys.readouterr().out
    assert run(["jobs", "show", "99"]) == 2
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_only_what_lies_below_the_roots_may_be_indexed(tmp_path: Path) -> None:
    root, secret = tmp_path / "scans", tmp_path / "secret"
    (root / "F001").mkdir(parents=True)
    secret.mkdir()
    (root / "link").symlink_to(secret)
    assert permitted([str(root / "F001" / ".." / "F001")], [str(root)]) == [root / "F001"]
    assert permitted([str(root)], [str(root)]) == [root]
    refused = [str(secret), str(root / "link"), str(root / ".." / "secret"), "scans", f"{root}x"]
    for path in (*refused, str(tmp_path / "not-there"), ""):
        with pytest.raises(NotAllowed):
            permitted([path], [str(root)])
    with pytest.raises(NotAllowed):
        permitted([str(root)], [])
    outside = tmp_path / "outside"
    outside.symlink_to(root)
    assert permitted([str(outside)], [str(root)]) == [root]
