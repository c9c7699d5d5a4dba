"""Pictures beside the table and in tars, and nothing written outside the temporary folder."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from archive_ai.errors import BadTable, PathMissing
from archive_ai.exchange import PictureSource


def _tar(path: Path, members: dict[str, bytes], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as tar:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return path


def test_files_first_then_tars_in_order(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"file")
    one = _tar(tmp_path / "one.tar", {"a.jpg": b"no", "./sub/b.jpg": b"b"})
    two = _tar(tmp_path / "two.tar.gz", {"sub/b.jpg": b"no", "c.png": b"c"}, "w:gz")
    with PictureSource(tmp_path, (one, two)) as source:
        found = source.paths(["c.png", "a.jpg", "sub/b.jpg", "./sub/b.jpg", "a.jpg"])
        assert [name for name, _ in found] == ["c.png", "a.jpg", "sub/b.jpg", "./sub/b.jpg"]
        assert [path.read_bytes() for _, path in found] == [b"c", b"file", b"b", b"b"]
        assert found[0][1].suffix == ".png"
        copy = found[0][1]
    assert not copy.parent.exists()
    assert (tmp_path / "a.jpg").exists()


def test_unsafe_members_are_not_taken(tmp_path: Path) -> None:
    names = ["../up.jpg", "/abs.jpg", "in/../../up.jpg"]
    tar = _tar(tmp_path / "bad.tar", dict.fromkeys(names, b"x"))
    with tarfile.open(tar, "a") as opened:
        link = tarfile.TarInfo("link.jpg")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        opened.addfile(link)
    folder = tmp_path / "deep" / "table"
    folder.mkdir(parents=True)
    for name in [*names, "link.jpg"]:
        with PictureSource(folder, (tar,)) as source, pytest.raises(PathMissing):
            source.paths([name])
    assert not (tmp_path / "deep" / "up.jpg").exists()


def test_lost_pictures_are_counted_and_the_first_named(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    names = ["a.jpg", *(f"lost-{number}.jpg" for number in range(5)), "x" * 5000]
    with PictureSource(tmp_path) as source, pytest.raises(PathMissing) as caught:
        source.paths(names)
    assert "6 of 7 pictures" in caught.value.what
    assert "lost-0.jpg, lost-1.jpg, lost-2.jpg, …" in caught.value.what
    assert "--pictures" in caught.value.advice


def test_no_tar_and_a_damaged_one(tmp_path: Path) -> None:
    with (
        PictureSource(tmp_path, (tmp_path / "none.tar",)) as source,
        pytest.raises(PathMissing, match=r"none\.tar: No such file"),
    ):
        source.paths(["a.jpg"])
    bad = tmp_path / "bad.tar"
    bad.write_bytes(b"no tar at all" * 99)
    with PictureSource(tmp_path, (bad,)) as source, pytest.raises(BadTable, match="no tar file"):
        source.paths(["a.jpg"])
    cut = _tar(tmp_path / "cut.tar", {"a.jpg": b"x" * 40_000})
    cut.write_bytes(cut.read_bytes()[:9_000])
    with PictureSource(tmp_path, (cut,)) as source, pytest.raises(BadTable, match="damaged"):
        source.paths(["a.jpg"])
