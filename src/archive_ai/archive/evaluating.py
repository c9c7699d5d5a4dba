"""Measuring a model on a labelled table: joins tables, pictures, encoder and measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

import numpy as np
from PIL import Image

from archive_ai.domain import EncoderCard, Picture, Preprocessing, ReportProgress, silent
from archive_ai.encoders.opening import open_encoder
from archive_ai.evaluation import (
    Embedded,
    RetrievalReport,
    ZeroShotReport,
    embed_pictures,
    evaluate_retrieval,
    evaluate_zero_shot,
)
from archive_ai.exchange.labelled import read_captions, read_labels, read_pictures
from archive_ai.exchange.pictures import PictureSource
from archive_ai.images import PictureReader
from archive_ai.images.looks import judged
from archive_ai.ports import Encoder, Reader
from archive_ai.settings import BUNDLED_MODEL, Settings, bundled


@dataclass(frozen=True, slots=True)
class Material:
    """A table, which of its rows count, and the tar files that hold its pictures."""

    table: Path
    tars: Sequence[Path] = ()
    splits: Sequence[str] = ()
    dataset: str | None = None
    look: str | None = None


class AgedReader:
    """Reads pictures as another reader does, and makes them look as they may in an archive."""

    def __init__(self, reader: Reader, look: str) -> None:
        self._reader, self._look = reader, look

    def reads(self, path: Path) -> bool:
        """Return what the other reader says."""
        return self._reader.reads(path)

    def pages(self, path: Path) -> int:
        """Return what the other reader says."""
        return self._reader.pages(path)

    def read(self, path: Path, page: int, preprocessing: Preprocessing) -> Picture:
        """Read, then change the pixels; grain and mount depend on the file's name alone."""
        picture = self._reader.read(path, page, preprocessing)
        changed = judged(self._look, Image.fromarray(picture.pixels), crc32(path.name.encode()))
        return replace(picture, pixels=np.asarray(changed, dtype=np.uint8))


def retrieval(
    settings: Settings, material: Material, report: ReportProgress = silent
) -> tuple[RetrievalReport, EncoderCard]:
    """Measure text-to-picture retrieval; the table has ``picture, lang, caption``.

    Raises PathMissing, BadTable, UnknownModel, ModelUnusable or MissingExtra.
    """
    captions = read_captions(material.table, material.splits, material.dataset)
    encoder = _encoder(settings)
    pictures = [caption.picture for caption in captions]
    embedded = _embed(pictures, settings, material, encoder, report)
    return evaluate_retrieval(encoder, embedded, captions), encoder.card


def zero_shot(
    settings: Settings,
    material: Material,
    gallery: Path | None = None,
    minimum: int = 8,
    report: ReportProgress = silent,
) -> tuple[ZeroShotReport, EncoderCard]:
    """Measure classes by name; the table has ``picture, class, label_de, label_en``.

    ``gallery`` names the pictures to rank (default: those of the table). Raises as
    :func:`retrieval` does.
    """
    labelled = read_labels(material.table, material.splits, material.dataset)
    pictures: Sequence[str] = [label.picture for label in labelled]
    if gallery is not None:
        pictures = read_pictures(gallery, material.splits)
    encoder = _encoder(settings)
    beside = replace(material, table=gallery or material.table)
    embedded = _embed(pictures, settings, beside, encoder, report)
    return evaluate_zero_shot(encoder, embedded, labelled, minimum), encoder.card


def _encoder(settings: Settings) -> Encoder:
    return open_encoder(settings.model or BUNDLED_MODEL, bundled("models"), settings.workers)


def _embed(
    pictures: Sequence[str],
    settings: Settings,
    material: Material,
    encoder: Encoder,
    report: ReportProgress,
) -> Embedded:
    with PictureSource(material.table.parent, material.tars) as source:
        paths = source.paths(pictures)
        reader: Reader = PictureReader()
        if material.look is not None:
            reader = AgedReader(reader, material.look)
        return embed_pictures(encoder, reader, paths, settings.workers, report)
