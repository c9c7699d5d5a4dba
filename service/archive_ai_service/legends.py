"""What stands under a picture wherever one is listed: the same five fields everywhere."""

from __future__ import annotations

from pydantic import BaseModel, Field, JsonValue

LEGEND_EXAMPLE: dict[str, JsonValue] = {
    "width": 4800,
    "height": 3600,
    "title": "Kiliansplatz mit Kilianskirche",
    "signature": "F001N-0001",
    "date": "1936",
}


class LegendAnswer(BaseModel):
    """A photo of a list, with what a page needs to lay it out and to name it."""

    width: int = Field(description="pixels of the upright picture")
    height: int
    title: str = Field(description="of the first record that says one, a table's first; else empty")
    signature: str = Field(description="likewise")
    date: str = Field(description="likewise: EDTF, or as it was written")
