"""``evaluate tags``: what the archive says, by a table of what is there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive_ai.archive import Archive
from archive_ai.cli.app import cli
from archive_ai.errors import BadTable
from archive_ai.tagging import calibrating

Opening = Callable[..., Archive]


@pytest.fixture
def archive(open_archive: Opening, scans: Path) -> Archive:
    """Return an archive of twelve scans."""
    opened = open_archive()
    opened.index([scans])
    return opened


def _labels(folder: Path, *rows: str) -> Path:
    table = folder / "labels.csv"
    table.write_text("\n".join(["path,concept", *rows]) + "\n")
    return table


def _evaluate(*arguments: str) -> dict[str, object]:
    done = CliRunner().invoke(cli, ["evaluate", "tags", *arguments, "--json"])
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


def test_the_report_is_one_document_and_the_plots_are_pictures(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibrating, "THRESHOLD", 0.0)  # so that something is suggested
    # What ranks first by words is called right, the rest not: the best that there can be.
    found = archive.exporting
    table = tmp_path / "scores.csv"
    found.write_tags(table, all_scores=True)
    rows = [line.split(",") for line in table.read_text().splitlines()[1:]]
    own = {row[0]: float(row[6]) for row in rows if row[2] == "kirche"}
    best = sorted(own, key=lambda path: -own[path])[:3]
    labels = _labels(tmp_path, *(f"{path},{'kirche' if path in best else ''}" for path in own))
    report = _evaluate(str(labels), "--plots", str(tmp_path / "plots"))
    assert (report["n"], report["macro_ap"]) == (12, 1.0)
    names = sorted(path.name for path in (tmp_path / "plots").iterdir())
    assert names == ["precision-recall.png", "reliability.png"]


def test_a_concept_that_the_scheme_does_not_have_is_named_with_its_line(
    archive: Archive, tmp_path: Path
) -> None:
    table = _labels(tmp_path, "scans/F0/000.png,kirche", "scans/F1/001.jpg,luftschloss")
    with pytest.raises(BadTable) as refused:
        archive.judge_tags(table)
    assert "line 3" in refused.value.what
    assert "luftschloss" in refused.value.what
