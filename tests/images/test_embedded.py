"""What lies in files as metadata becomes a record, and nothing in them can break a run."""

from __future__ import annotations

import struct
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from archive_ai.archive import Archive
from archive_ai.domain import Record, RecordSource
from archive_ai.images import embedded_record
from archive_ai.images.xmp import read_xmp

MATERIAL = Path(__file__).parents[3] / "shared" / "robustness" / "images.tar"

PACKET = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 photoshop:City="Heilbronn" photoshop:DateCreated="1931-05" exif:GPSLatitude="49,8.5N">
<dc:title><rdf:Alt><rdf:li xml:lang="en">Church</rdf:li>
<rdf:li xml:lang="de">Kilianskirche</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">Von Süden</rdf:li></rdf:Alt></dc:description>
<dc:subject><rdf:Bag><rdf:li>Kirche</rdf:li><rdf:li>Turm</rdf:li></rdf:Bag></dc:subject>
<dc:creator><rdf:Seq><rdf:li>A. Maier</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">gemeinfrei</rdf:li></rdf:Alt></dc:rights>
<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Frieda Muster</rdf:li></rdf:Bag>
</Iptc4xmpExt:PersonInImage>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>""".encode()

BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>"""


def _image() -> Image.Image:
    return Image.linear_gradient("L").resize((64, 64)).convert("RGB")


def _read(path: Path) -> Record:
    found = embedded_record(path)
    assert found is not None
    return found


def _iim(*datasets: tuple[int, int, bytes]) -> bytes:
    """Return an APP13 segment as Photoshop writes it."""
    content = b"".join(
        struct.pack(">BBBH", 0x1C, record, number, len(value)) + value
        for record, number, value in datasets
    )
    block = b"8BIM" + struct.pack(">H", 0x0404) + b"\0\0" + struct.pack(">I", len(content))
    payload = b"Photoshop 3.0\0" + block + content + b"\0" * (len(content) % 2)
    return b"\xff\xed" + struct.pack(">H", len(payload) + 2) + payload


def _with_segment(path: Path, segment: bytes) -> Path:
    _image().save(path)
    content = path.read_bytes()
    path.write_bytes(content[:2] + segment + content[2:])
    return path


@pytest.mark.parametrize("suffix", ["jpg", "tif", "png", "webp"])
def test_xmp_is_read_of_every_container(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    if suffix == "tif":
        _image().save(path, tiffinfo={700: PACKET})
    elif suffix == "png":
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", PACKET.decode())
        _image().save(path, pnginfo=info)
    else:
        _image().save(path, xmp=PACKET)
    found = _read(path)
    assert (found.title, found.description) == ("Kilianskirche", "Von Süden")
    assert (found.place, found.rights) == ("Heilbronn", "gemeinfrei")
    assert (found.date, found.first, found.last) == ("1931-05", "1931-05-01", "1931-05-31")
    assert found.other == {"keywords": "Kirche; Turm", "creator": "A. Maier"}
    assert found.source is RecordSource.EMBEDDED
    # Who is in it, and where the camera stood, stay in the file.
    assert "Frieda" not in repr(found)
    assert "49" not in repr(found)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_iim_is_read_in_either_encoding(tmp_path: Path, encoding: str) -> None:
    marks = [(1, 90, b"\x1b%G")] if encoding == "utf-8" else []
    segment = _iim(
        *marks,
        (2, 5, "Brücke".encode(encoding)),
        (2, 120, "Die Straße\rim Winter".encode(encoding)),
        (2, 25, "Brücke".encode(encoding)),
        (2, 25, "Schnee".encode(encoding)),
        (2, 55, b"19310500"),
        (2, 90, "Öhringen".encode(encoding)),
    )
    found = _read(_with_segment(tmp_path / "a.jpg", segment))
    assert (found.title, found.place) == ("Brücke", "Öhringen")
    assert found.description.startswith("Die Straße")
    assert found.other == {"keywords": "Brücke; Schnee"}
    assert (found.date, found.last) == ("1931-05", "1931-05-31")


def test_exif_is_read_without_what_machines_write(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "Marktplatz"
    exif[0x8298] = "Stadtarchiv"
    details = exif.get_ifd(0x8769)
    details[0x9003] = details[0x9004] = "2015:06:01 10:00:00"
    _image().save(tmp_path / "scan.jpg", exif=exif)
    found = _read(tmp_path / "scan.jpg")
    assert (found.description, found.rights, found.date) == ("Marktplatz", "Stadtarchiv", "")
    details[0x9003] = "1951:06:01 00:00:00"
    _image().save(tmp_path / "dated.jpg", exif=exif)
    assert _read(tmp_path / "dated.jpg").date == "1951-06-01"
    exif = Image.Exif()
    exif[0x010E] = "OLYMPUS DIGITAL CAMERA"
    _image().save(tmp_path / "camera.jpg", exif=exif)
    assert embedded_record(tmp_path / "camera.jpg") is None


def test_hostile_and_broken_metadata_are_as_if_they_were_not_there(tmp_path: Path) -> None:
    packets = {
        "bomb": BOMB,
        "cut": PACKET[: len(PACKET) // 2],
        "noise": bytes(range(256)) * 40,
        "empty": b"",
    }
    for name, packet in packets.items():
        _image().save(tmp_path / f"{name}.webp", xmp=packet)
        assert embedded_record(tmp_path / f"{name}.webp") is None
    _image().save(tmp_path / "large.tif", tiffinfo={700: PACKET + b" " * 2_000_000})
    assert embedded_record(tmp_path / "large.tif") is None
    with pytest.raises(Exception, match="DTD"):
        read_xmp(BOMB)
    endless = _iim((2, 120, b"x" * 30_000), *[(2, 25, b"k" * 30)] * 900)
    found = _read(_with_segment(tmp_path / "long.jpg", endless[:65_000]))
    assert len(found.description) <= 10_000
    assert embedded_record(tmp_path / "nowhere.jpg") is None
    (tmp_path / "text.jpg").write_text("no picture")
    assert embedded_record(tmp_path / "text.jpg") is None


@given(st.binary(max_size=400))
def test_no_bytes_in_a_segment_raise(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes
) -> None:
    path = tmp_path_factory.mktemp("noise") / "a.jpg"
    segment = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(noise)) + noise
    _with_segment(path, b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment)
    embedded_record(path)


def test_an_indexing_run_takes_it_in_beside_what_tables_say(
    open_archive: Callable[..., Archive], tmp_path: Path
) -> None:
    (tmp_path / "scans").mkdir()
    path = tmp_path / "scans" / "A1.jpg"
    _image().save(path, xmp=PACKET)
    archive = open_archive()
    table = tmp_path / "table.csv"
    table.write_text("signature,title\nA 1,Die Tafel sagt es\n")
    archive.describing.import_table(table)
    archive.index([tmp_path / "scans"])
    photo = archive.photo(str(path))
    assert [record.title for record in photo.records] == ["Die Tafel sagt es", "Kilianskirche"]
    assert photo.records[1].key == photo.photo.id
    assert photo.records[1].at
    archive.describing.import_table(table)
    archive.index([tmp_path / "scans"], checksum=True)
    assert len(archive.photo(str(path)).records) == 2


@pytest.mark.material
@pytest.mark.skipif(
    not MATERIAL.exists(), reason="the robustness material is not beside the checkout"
)
def test_no_odd_file_breaks_the_reading(tmp_path: Path) -> None:
    with tarfile.open(MATERIAL) as tar:
        tar.extractall(tmp_path, filter="data")
    found = [embedded_record(path) for path in sorted(tmp_path.rglob("*")) if path.is_file()]
    assert any(one is not None for one in found)
    for one in filter(None, found):
        assert len(one.description) <= 10_000
        assert len(one.title) <= 500
