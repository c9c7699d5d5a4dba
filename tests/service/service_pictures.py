"""Pictures drawn for the tests of the service."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw


@dataclass(frozen=True)
class Drawn:
    """An archive's folder, its photos' ids, and the pictures that it was made of."""

    folder: Path
    pictures: Path
    photos: list[str]


def draw(path: Path, kind: int) -> None:
    """Draw something that no other number gives."""
    picture = Image.new("RGB", (240, 180), (200 - 12 * kind, 180, 90 + 15 * kind))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((20 + 9 * kind, 30, 120, 150), fill=(30 * (kind % 8), 40, 60))
    pen.ellipse((120, 20 + 10 * kind, 220, 160), fill=(240, 25 * (kind % 9), 30))
    turned = [None, *Image.Transpose][kind % 8]  # or they would be taken for one picture
    (picture if turned is None else picture.transpose(turned)).save(path)


def a_picture(kind: str = "PNG", side: int = 96) -> bytes:
    """A picture file's bytes."""
    buffer = BytesIO()
    Image.radial_gradient("L").resize((side, side)).convert("RGB").save(buffer, kind)
    return buffer.getvalue()
