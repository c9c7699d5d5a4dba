"""Classes by their names: one label a picture, several, and none."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from archive_ai.domain import Labelled
from archive_ai.errors import UsageError
from archive_ai.evaluation import Embedded, evaluate_zero_shot

PLAIN = {"de": ("{}",), "en": ("{}",)}
NAMES = {"church": "Kirche", "river": "Fluss", "map": "Karte"}
TEXTS = {
    "Kirche": (1, 0, 0), "Fluss": (0, 1, 0), "Karte": (0, 0, 1),
    "church": (1, 0, 0), "river": (0, 1, 0), "map": (0, 1, 0),
}  # fmt: skip


def _label(picture: str, concept: str) -> Labelled:
    return Labelled(picture, concept, {"de": NAMES[concept], "en": concept})


def _gallery(*rows: tuple[float, float, float]) -> Embedded:
    vectors = np.array(rows, dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return Embedded(tuple(f"{row}" for row in range(len(rows))), vectors)


def test_one_label_a_picture_gives_accuracy(known: Callable[..., Any]) -> None:
    gallery = _gallery((1, 0.1, 0), (0.2, 1, 0), (0.1, 0, 1), (0.9, 0.5, 0))
    labels = [_label("0", "church"), _label("1", "river"), _label("2", "map"), _label("3", "river")]
    report = evaluate_zero_shot(known(3, TEXTS), gallery, labels, 1, PLAIN)
    assert report.summary.accuracy == {"de": 0.75, "en": 0.25 * (1 + 0.5)}
    document = json.loads(json.dumps(report.to_json()))
    assert document["n"] == document["labelled"] == 4
    assert document["macro_ap"]["de"] == pytest.approx((1 + 1 + 1) / 3)
    assert [one["id"] for one in document["classes"]] == ["church", "map", "river"]
    assert document["classes"][2]["accuracy"]["de"] == 0.5
    assert document["classes"][2]["labels"] == {"de": "Fluss", "en": "river"}
    assert document["templates"] == {"de": ["{}"], "en": ["{}"]}


def test_several_labels_a_picture_leave_accuracy_out(known: Callable[..., Any]) -> None:
    random = np.random.default_rng(2)
    gallery = _gallery(*[tuple(row) for row in random.random((50, 3))])
    labels = [_label(str(row), "church") for row in range(10)]
    labels += [_label(str(row), "river") for row in range(5, 14)]
    labels += [_label("49", "map"), _label("gone", "map")]
    report = evaluate_zero_shot(known(3, TEXTS), gallery, labels, 8, PLAIN)
    document = report.to_json()
    assert "accuracy" not in document
    assert "accuracy" not in document["classes"][0]
    assert [(one["id"], one["n"]) for one in document["classes"]] == [("church", 10), ("river", 9)]
    assert (report.n, report.labelled, report.outside) == (50, 15, 1)
    lifts = []
    for column, member in ((0, range(10)), (1, range(5, 14))):
        first = np.argsort(-gallery.vectors[:, column])[:20]
        share = len(set(first.tolist()) & set(member)) / 20
        lifts.append(share / (len(member) / 50))
    assert report.summary.lift["de"] == pytest.approx(float(np.median(lifts)))
    aps = [one.ap["de"] for one in report.classes]
    assert report.summary.macro_ap["de"] == pytest.approx(float(np.mean(aps)))


def test_templates_are_averaged_and_the_label_alone_is_told_too(known: Callable[..., Any]) -> None:
    texts = TEXTS | {"alt: Kirche": (0, 9, 0), "alt: Fluss": (9, 0, 0)}
    gallery = _gallery((1, 0, 0), (0, 1, 0))
    labels = [_label("0", "church"), _label("1", "river")]
    templates = {"de": ("alt: {}",)}
    report = evaluate_zero_shot(known(3, texts), gallery, labels, 1, templates)
    assert report.summary.accuracy == {"de": 0, "en": 1}
    assert report.alone.accuracy == {"de": 1, "en": 1}
    assert report.templates == {"de": ("alt: {}",), "en": ("{}",)}


def test_too_few_pictures(known: Callable[..., Any]) -> None:
    gallery = _gallery((1, 0, 0), (0, 1, 0))
    both = [_label("0", "church"), _label("0", "river")]
    with pytest.raises(UsageError, match="No class has 8 pictures"):
        evaluate_zero_shot(known(3, TEXTS), gallery, both)
    with pytest.raises(UsageError, match="No labelled picture"):
        evaluate_zero_shot(known(3, TEXTS), gallery, [_label("gone", "map")])
    single = evaluate_zero_shot(known(3, TEXTS), gallery, both[:1], 8, PLAIN)
    assert single.summary.macro_ap == {}
    assert single.summary.accuracy == {"de": 1, "en": 1}


def test_intervals_hold_the_figures_and_are_those_of_the_resamples(
    known: Callable[..., Any],
) -> None:
    random = np.random.default_rng(4)
    gallery = _gallery(*[tuple(row) for row in random.random((90, 3))])
    labels = [_label(str(row), tuple(NAMES)[row % 3]) for row in range(60)]
    report = evaluate_zero_shot(known(3, TEXTS), gallery, labels, 8, PLAIN)
    document = json.loads(json.dumps(report.to_json()))
    for language in ("de", "en"):
        for name in ("accuracy", "macro_ap", "lift"):
            low, high = document["ci"][language][name]
            assert low <= document[name][language] <= high
            assert low < high
    again = evaluate_zero_shot(known(3, TEXTS), gallery, labels, 8, PLAIN)
    assert again.to_json() == report.to_json()
