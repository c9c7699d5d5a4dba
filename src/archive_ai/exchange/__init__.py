"""Formats in which things come in and go out: labelled tables, hit tables, contact sheets."""

from archive_ai.exchange.labelled import read_captions, read_labels, read_pictures
from archive_ai.exchange.labelled_tags import read_labelled_tags
from archive_ai.exchange.pictures import PictureSource
from archive_ai.exchange.sheet import Card, Section, sheet_html, write_sheet
from archive_ai.exchange.tables import write_hits_csv

__all__ = [
    "Card",
    "PictureSource",
    "Section",
    "read_captions",
    "read_labelled_tags",
    "read_labels",
    "read_pictures",
    "sheet_html",
    "write_hits_csv",
    "write_sheet",
]
