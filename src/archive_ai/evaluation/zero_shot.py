"""How well a class is recognised by nothing but its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Labelled
from archive_ai.errors import UsageError
from archive_ai.evaluation.embedding import Embedded, embed_names
from archive_ai.evaluation.metrics import (
    average_precision,
    lift,
    precision_at,
    resampled_ranking,
    resamples,
    right_class,
)
from archive_ai.ports import Encoder

DEPTH = 20
MINIMUM = 8
LABEL_ALONE = ("{}",)
RESAMPLES = 1000
SEED = 20260101
TEMPLATES: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "de": ("{}", "ein Foto von {}", "altes Foto: {}", "Blick auf {}"),
        "en": ("{}", "a photo of {}", "old photo: {}", "view of {}"),
    }
)

Figures = Mapping[str, float]
Interval = tuple[float, float]
Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """One class with ``n`` pictures; each figure by language, ``accuracy`` empty in multi-label."""

    id: str
    labels: Mapping[str, str]
    n: int
    ap: Figures
    precision: Figures
    lift: Figures
    accuracy: Figures

    def to_json(self) -> dict[str, Any]:
        """Return plain values, accuracy only where there is one."""
        values: dict[str, Any] = {
            "id": self.id,
            "labels": dict(self.labels),
            "n": self.n,
            "ap": dict(self.ap),
            f"precision@{DEPTH}": dict(self.precision),
            "lift": dict(self.lift),
        }
        return values | ({"accuracy": dict(self.accuracy)} if self.accuracy else {})


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures over classes, by language; ``accuracy`` is None where pictures have many labels."""

    macro_ap: Figures
    lift: Figures
    accuracy: Figures | None

    def to_json(self) -> dict[str, Any]:
        """Return plain values, accuracy only where there is one."""
        values: dict[str, Any] = {"macro_ap": dict(self.macro_ap), "lift": dict(self.lift)}
        return values if self.accuracy is None else {"accuracy": dict(self.accuracy), **values}


@dataclass(frozen=True, slots=True)
class ZeroShotReport:
    """Recognition by names among ``n`` ranked pictures, ``labelled`` of them with a class.

    ``summary`` is with ``templates``, ``alone`` with the bare label; ``intervals`` holds by
    language the bounds at 95 % of each of the summary's figures. ``failed`` pictures could not
    be read; ``outside`` counts labels of pictures that were not ranked, failed ones included.
    """

    n: int
    labelled: int
    summary: Summary
    intervals: Mapping[str, Mapping[str, Interval]]
    alone: Summary
    classes: tuple[ClassFigures, ...]
    minimum: int
    templates: Mapping[str, Sequence[str]]
    failed: int
    outside: int

    def to_json(self) -> dict[str, Any]:
        """Return the shape that scripts rely on: n, accuracy, macro_ap, lift, classes."""
        return {
            "n": self.n,
            **self.summary.to_json(),
            "ci": {
                language: {name: list(bounds) for name, bounds in values.items()}
                for language, values in self.intervals.items()
            },
            "classes": [figures.to_json() for figures in self.classes],
            "label_alone": self.alone.to_json(),
            "templates": {language: list(texts) for language, texts in self.templates.items()},
            "minimum": self.minimum,
            "labelled": self.labelled,
            "failed": self.failed,
            "outside_gallery": self.outside,
        }


@dataclass(frozen=True, slots=True)
class _Truth:
    """Which of n pictures (rows) belong to which classes (columns)."""

    ids: tuple[str, ...]
    labels: tuple[Mapping[str, str], ...]
    member: Bools
    outside: int

    @property
    def single(self) -> bool:
        """Whether no picture belongs to two classes."""
        return bool((self.member.sum(axis=1) <= 1).all())


def evaluate_zero_shot(
    encoder: Encoder,
    embedded: Embedded,
    labelled: Sequence[Labelled],
    minimum: int = MINIMUM,
    templates: Mapping[str, Sequence[str]] = TEMPLATES,
) -> ZeroShotReport:
    """Rank all of ``embedded`` (the gallery) by each class's name and compare with the labels.

    Macro average precision is the mean, lift of precision@20 the median over classes with at
    least ``minimum`` pictures. Where no picture has two labels, accuracy is the share of
    labelled pictures whose own class scores highest among all classes. A label that is missing
    counts as wrong, so with positives only all figures are lower bounds. A language without
    templates takes the label alone. The intervals are percentiles 2.5 and 97.5 of a bootstrap
    over the ranked pictures; a class that a resample misses is left out of it. Raises
    UsageError where no labelled picture is ranked, or no class has ``minimum`` pictures and there
    is no accuracy either.
    """
    truth = _truth(embedded.pictures, labelled)
    if not truth.member.any():
        raise UsageError("No labelled picture is among those that are ranked.")
    enough = truth.member.sum(axis=0) >= minimum
    if not truth.single and not enough.any():
        raise UsageError(
            f"No class has {minimum} pictures, so there is nothing to measure.",
            "Label more pictures or ask for a smaller minimum.",
        )
    languages = sorted(set.intersection(*(set(labels) for labels in truth.labels)))
    used = {language: tuple(templates.get(language, LABEL_ALONE)) for language in languages}
    scores = _scores(encoder, embedded, truth, used)
    classes = _classes(scores, truth)
    bare = _scores(encoder, embedded, truth, dict.fromkeys(languages, LABEL_ALONE))
    return ZeroShotReport(
        n=len(embedded.pictures),
        labelled=int(truth.member.any(axis=1).sum()),
        summary=_summary(classes, enough, truth.single),
        intervals={
            language: _intervals(values, truth, enough) for language, values in scores.items()
        },
        alone=_summary(_classes(bare, truth), enough, truth.single),
        classes=tuple(
            figures
            for figures, counted in zip(classes, enough, strict=True)
            if counted or truth.single
        ),
        minimum=minimum,
        templates=used,
        failed=len(embedded.failures),
        outside=truth.outside,
    )


def _truth(pictures: Sequence[str], labelled: Sequence[Labelled]) -> _Truth:
    """Leave out classes that no ranked picture has; only the first labels of a class count."""
    place = {picture: row for row, picture in enumerate(pictures)}
    ranked = [label for label in labelled if label.picture in place]
    labels: dict[str, Mapping[str, str]] = {}
    for label in ranked:
        labels.setdefault(label.concept, label.labels)
    ids = tuple(sorted(labels))
    column = {concept: number for number, concept in enumerate(ids)}
    member = np.zeros((len(pictures), len(ids)), dtype=np.bool_)
    for label in ranked:
        member[place[label.picture], column[label.concept]] = True
    named = tuple(labels[concept] for concept in ids)
    return _Truth(ids, named, member, len(labelled) - len(ranked))


def _scores(
    encoder: Encoder,
    embedded: Embedded,
    truth: _Truth,
    templates: Mapping[str, Sequence[str]],
) -> dict[str, Floats]:
    """Cosines (n, classes) by language."""
    scores: dict[str, Floats] = {}
    for language, texts in templates.items():
        names = [labels[language] for labels in truth.labels]
        scores[language] = embedded.vectors @ embed_names(encoder, names, texts).T
    return scores


def _classes(scores: Mapping[str, Floats], truth: _Truth) -> list[ClassFigures]:
    known = truth.member.any(axis=1)
    own = truth.member[known].argmax(axis=1)
    credit = (
        {language: right_class(values[known], own) for language, values in scores.items()}
        if truth.single
        else {}
    )
    total = len(truth.member)
    classes = []
    for column, concept in enumerate(truth.ids):
        relevant = truth.member[:, column]
        n = int(relevant.sum())
        ranked = {language: values[:, column] for language, values in scores.items()}
        precision = {
            language: precision_at(values, relevant, DEPTH) for language, values in ranked.items()
        }
        classes.append(
            ClassFigures(
                id=concept,
                labels=truth.labels[column],
                n=n,
                ap={lang: average_precision(values, relevant) for lang, values in ranked.items()},
                precision=precision,
                lift={language: lift(value, n, total) for language, value in precision.items()},
                accuracy={
                    language: float(values[own == column].mean())
                    for language, values in credit.items()
                },
            )
        )
    return classes


def _summary(classes: Sequence[ClassFigures], enough: Bools, single: bool) -> Summary:
    """Macro figures over the classes with enough pictures; accuracy over all pictures."""
    counted = [figures for figures, take in zip(classes, enough, strict=True) if take]
    languages = sorted(classes[0].ap)
    total = sum(figures.n for figures in classes)
    accuracy = {
        language: sum(figures.accuracy[language] * figures.n for figures in classes) / total
        for language in languages
        if single
    }
    return Summary(
        macro_ap={
            language: float(np.mean([figures.ap[language] for figures in counted]))
            for language in languages
            if counted
        },
        lift={
            language: float(np.median([figures.lift[language] for figures in counted]))
            for language in languages
            if counted
        },
        accuracy=accuracy if single else None,
    )


def _intervals(scores: Floats, truth: _Truth, enough: Bools) -> dict[str, Interval]:
    """Bounds of the summary's figures in one language, the ranked pictures drawn anew."""
    known: Bools = np.asarray(truth.member.any(axis=1))
    credit = np.zeros(len(known))
    credit[known] = right_class(scores[known], truth.member[known].argmax(axis=1))
    drawn: dict[str, list[NDArray[np.float64]]] = {}
    for weights in resamples(len(known), RESAMPLES, SEED):
        average, lifts = [], []
        for column in np.flatnonzero(enough):
            relevant = truth.member[:, column]
            precise, first = resampled_ranking(scores[:, column], relevant, weights, DEPTH)
            average.append(precise)
            with np.errstate(divide="ignore", invalid="ignore"):
                lifts.append(first * len(known) / (weights @ relevant))
        if average:
            drawn.setdefault("macro_ap", []).append(np.nanmean(average, axis=0))
            drawn.setdefault("lift", []).append(np.nanmedian(lifts, axis=0))
        if truth.single:
            share = weights @ credit / np.maximum(1, weights @ known)
            drawn.setdefault("accuracy", []).append(share)
    bounds = {name: np.nanpercentile(np.concatenate(v), [2.5, 97.5]) for name, v in drawn.items()}
    return {name: (float(low), float(high)) for name, (low, high) in bounds.items()}
