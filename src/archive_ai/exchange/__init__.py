"""Formats in which things come in and go out: labelled, review and tag tables, contact sheets."""

from archive_ai.exchange.labelled import read_captions, read_labels, read_pictures
from archive_ai.exchange.labelled_tags import read_labelled_tags
from archive_ai.exchange.pictures import PictureSource
from archive_ai.exchange.reviews import (
    Review,
    ReviewItem,
    ReviewRow,
    RowFault,
    check_review,
    read_review,
    refuse,
    write_review,
)
from archive_ai.exchange.sheet import Card, Section, sheet_html, write_sheet
from archive_ai.exchange.tables import write_hits_csv
from archive_ai.exchange.tag_tables import LocatedTag, write_tags_csv

__all__ = [
    "Card",
    "LocatedTag",
    "PictureSource",
    "Review",
    "ReviewItem",
    "ReviewRow",
    "RowFault",
    "Section",
    "check_review",
    "read_captions",
    "read_labelled_tags",
    "read_labels",
    "read_pictures",
    "read_review",
    "refuse",
    "sheet_html",
    "write_hits_csv",
    "write_review",
    "write_sheet",
    "write_tags_csv",
]
