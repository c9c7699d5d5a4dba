"""What a file says of its own picture: title, description, keywords, date, place, rights, creator.

From XMP, else IPTC-IIM, else EXIF, of JPEG, TIFF, PNG and WebP, as far as their headers go. Where a
camera stood (GPS) and who is in the picture (PersonInImage, face regions) are left out on purpose:
the first is where the scan was made, and people have not agreed to be searched by name.

The day on which a camera or scanner made the file says nothing of when the picture is from. So a
date is taken from IPTC's and Photoshop's DateCreated, and from EXIF's DateTimeOriginal only where
it is not the day of digitisation.

Metadata are other people's bytes: whatever is broken in them is as if it were not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image, ImageFile, IptcImagePlugin

from archive_ai.domain import Record, RecordSource
from archive_ai.domain.dates import plain_days
from archive_ai.images.xmp import read_xmp

FORMATS = ("JPEG", "TIFF", "PNG", "WEBP")
LONGEST_TEXT = 10_000
LONGEST_LINE = 500
MOST_KEYWORDS = 200

_IIM = {
    (2, 5): "title", (2, 105): "headline", (2, 120): "description", (2, 25): "keywords",
    (2, 55): "date", (2, 80): "creator", (2, 116): "rights", (2, 92): "location", (2, 90): "city",
    (2, 101): "country",
}  # fmt: skip
_IIM_CHARSET, _UTF8 = (1, 90), b"\x1b%G"
_EXIF = {
    ExifTags.Base.XPTitle: "title", ExifTags.Base.ImageDescription: "description",
    ExifTags.Base.XPKeywords: "keywords", ExifTags.Base.Artist: "creator",
    ExifTags.Base.Copyright: "rights",
}  # fmt: skip
_MACHINES = re.compile(
    r".*digital ?camera.*|sony dsc|dcim.*|kodak .*|minolta .*|samsung.*|untitled|default|image|"
    r"exif[_ -].*|(created|written|file written|scanned) (with|by) .*|.* pdf .*version .*|"
    r".*\.(jpe?g|tiff?|png)|\(c\) by .* user",
    re.IGNORECASE | re.DOTALL,
)
"""What programs and cameras write by themselves."""

_NOT_PRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]+")
_DATE = re.compile(r"(\d{4})[-:]?(\d{2})?[-:]?(\d{2})?(?:[T ].*)?")

Said = dict[str, list[str]]
"""Texts by field, as one kind of metadata says them."""


def embedded_record(path: Path) -> Record | None:
    """Return what the first page of a file says of its picture, None if nothing.

    Never raises for what is in the file. The record has no key yet.
    """
    said: list[Said] = []
    try:
        with path.open("rb") as file, Image.open(file, formats=FORMATS) as image:
            for read in (_xmp, _iim, _exif):
                try:
                    said.append(read(image))
                except MemoryError:
                    raise
                except Exception:  # metadata are anybody's bytes, and break readers in any way
                    continue
    except MemoryError:
        raise
    except Exception:  # as above; that the file cannot be read is told by who decodes it
        return None
    return _Merged(said).record()


def _xmp(image: ImageFile.ImageFile) -> Said:
    packet = image.info.get("xmp")
    if packet is None and hasattr(image, "tag_v2"):
        packet = image.tag_v2.get(700)
    return read_xmp(packet) if isinstance(packet, bytes) else {}


def _iim(image: ImageFile.ImageFile) -> Said:
    found: Mapping[Any, Any] = IptcImagePlugin.getiptcinfo(image) or {}
    encoding = "utf-8" if _first(found.get(_IIM_CHARSET)) == _UTF8 else ""
    return {
        name: [_decoded(one, encoding) for one in _values(found.get(number))]
        for number, name in _IIM.items()
    }


def _exif(image: ImageFile.ImageFile) -> Said:
    if image.format != "TIFF" and "exif" not in image.info:
        return {}  # to ask a PNG that has none would decode it
    exif = image.getexif()
    said = {name: [_exif_text(exif.get(tag))] for tag, name in _EXIF.items()}
    for name in ("description", "rights"):
        said[name] = [one for one in said[name] if not _MACHINES.fullmatch(one.strip(" \0"))]
    said["keywords"] = said["keywords"][0].split(";")
    details = exif.get_ifd(ExifTags.IFD.Exif)
    taken, digitised = (
        _exif_text(details.get(tag))
        for tag in (ExifTags.Base.DateTimeOriginal, ExifTags.Base.DateTimeDigitized)
    )
    said["date"] = [taken] if digitised and taken[:10] != digitised[:10] else []
    return said


def _values(value: Any) -> Sequence[bytes]:
    many = value if isinstance(value, list) else [value]
    return [one for one in many[:MOST_KEYWORDS] if isinstance(one, bytes)]


def _first(value: Any) -> bytes:
    return next(iter(_values(value)), b"")


def _exif_text(value: Any) -> str:
    """Decode a text of EXIF; the fields that Windows added are UTF-16."""
    if isinstance(value, tuple) and all(isinstance(one, int) and 0 <= one < 256 for one in value):
        value = bytes(value)
    if isinstance(value, bytes):
        return value[: 4 * LONGEST_TEXT].decode("utf-16-le", "ignore")
    if not isinstance(value, str):
        return ""
    # Pillow reads bytes as Latin-1, as EXIF does not say what they are.
    try:
        return _decoded(value[: 4 * LONGEST_TEXT].encode("latin-1"), "")
    except UnicodeEncodeError:
        return value[: 4 * LONGEST_TEXT]


def _decoded(content: bytes, encoding: str) -> str:
    content = content[: 4 * LONGEST_TEXT]
    try:
        return content.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


@dataclass(slots=True)
class _Merged:
    """What several kinds of metadata say, the first that says anything being believed."""

    said: list[Said] = field(default_factory=list)

    def record(self) -> Record | None:
        date, first, last = self._date()
        others = {
            "keywords": "; ".join(dict.fromkeys(self._many("keywords"))),
            "creator": "; ".join(dict.fromkeys(self._many("creator"))),
        }
        found = Record(
            key="",
            source=RecordSource.EMBEDDED,
            title=self._line("title") or self._line("headline"),
            description=self._text("description"),
            place=", ".join(filter(None, map(self._line, ("location", "city", "country")))),
            rights=self._line("rights"),
            date=date,
            first=first,
            last=last,
            other={name: text for name, text in others.items() if text},
        )
        return None if found == Record(key="", source=RecordSource.EMBEDDED) else found

    def _text(self, name: str) -> str:
        return next(self._texts(name, LONGEST_TEXT), "")

    def _line(self, name: str) -> str:
        return " ".join(next(self._texts(name, LONGEST_LINE), "").split())

    def _many(self, name: str) -> list[str]:
        for said in self.said:
            found = [_clean(one, LONGEST_LINE) for one in said.get(name, ())[:MOST_KEYWORDS]]
            if any(found):
                return list(filter(None, found))
        return []

    def _texts(self, name: str, longest: int) -> Iterator[str]:
        for said in self.said:
            yield from filter(None, (_clean(one, longest) for one in said.get(name, ())))

    def _date(self) -> tuple[str, str | None, str | None]:
        for text in self._texts("date", LONGEST_LINE):
            match = _DATE.fullmatch(text)
            # Zeros stand for a month or a day that nobody knows.
            parts = [part for part in (match.groups() if match else ()) if part and int(part)]
            try:
                first, last = plain_days("-".join(parts))
            except ValueError:
                continue
            return "-".join(parts), first.isoformat(), last.isoformat()
        return "", None, None


def _clean(text: str, longest: int) -> str:
    return _NOT_PRINTED.sub(" ", text[: 2 * longest]).strip()[:longest].strip()
