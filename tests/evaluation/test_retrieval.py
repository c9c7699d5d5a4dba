"""Recall and rank of captions, in the shape that scripts rely on."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from archive_ai.domain import Caption
from archive_ai.errors import UsageError
from archive_ai.evaluation import Embedded, evaluate_retrieval

MEASURES = ["recall@1", "recall@5", "recall@10", "median_rank"]


def _noisy(known: Callable[..., Any]) -> tuple[Any, Embedded, list[Caption]]:
    """60 pictures, each with two German captions and every other one with an English one."""
    random = np.random.default_rng(0)
    pictures = random.normal(size=(60, 12)).astype(np.float32)
    pictures /= np.linalg.norm(pictures, axis=1, keepdims=True)
    captions: list[Caption] = []
    texts: dict[str, list[float]] = {}
    for row, vector in enumerate(pictures):
        for language in ("de", "de", "en")[: 2 + row % 2]:
            text = f"{language} {len(texts)}"
            texts[text] = (vector + random.normal(size=12) * 0.35).tolist()
            captions.append(Caption(f"{row}.jpg", language, text))
    names = tuple(f"{row}.jpg" for row in range(60))
    return known(12, texts), Embedded(names, pictures), captions


def test_figures_are_those_of_a_naive_count(known: Callable[..., Any]) -> None:
    encoder, embedded, captions = _noisy(known)
    report = evaluate_retrieval(encoder, embedded, captions)
    for language in ("de", "en"):
        ranks = []
        for caption in captions:
            if caption.language == language:
                vector = np.array(encoder.texts[caption.text])
                scores = embedded.vectors @ (vector / np.linalg.norm(vector))
                own = scores[embedded.pictures.index(caption.picture)]
                ranks.append(1 + int((scores > own + 1e-6).sum()))
        expected = [float(np.mean([rank <= k for rank in ranks])) for k in (1, 5, 10)]
        figures = [report.figures[language][name] for name in MEASURES]
        assert figures == pytest.approx([*expected, float(np.median(ranks))])
    assert report.queries == {"de": 120, "en": 30}


def test_intervals_hold_the_figures_and_are_repeatable(known: Callable[..., Any]) -> None:
    encoder, embedded, captions = _noisy(known)
    report = evaluate_retrieval(encoder, embedded, captions)
    again = evaluate_retrieval(encoder, embedded, captions)
    assert report == again
    for language, values in report.intervals.items():
        for name, (low, high) in values.items():
            assert low <= report.figures[language][name] <= high
    low, high = report.intervals["de"]["recall@1"]
    assert 0.05 < high - low < 0.4
    wide = report.intervals["en"]["recall@1"]
    assert wide[1] - wide[0] > high - low


def test_the_shape_of_the_document(known: Callable[..., Any]) -> None:
    encoder, embedded, captions = _noisy(known)
    document = json.loads(json.dumps(evaluate_retrieval(encoder, embedded, captions).to_json()))
    assert document["n"] == 60
    assert list(document["de"]) == list(document["en"]) == MEASURES
    assert set(document["ci"]) == {"de", "en"}
    assert [len(bounds) for bounds in document["ci"]["de"].values()] == [2, 2, 2, 2]
    assert document["failed"] == 0


def test_a_model_that_answers_all_alike_gets_nothing(known: Callable[..., Any]) -> None:
    vectors = np.full((20, 4), 0.5, dtype=np.float32)
    names = tuple(str(row) for row in range(20))
    captions = [Caption(name, "de", "x") for name in names]
    report = evaluate_retrieval(known(4, {"x": (1, 1, 1, 1)}), Embedded(names, vectors), captions)
    assert report.figures["de"] == {
        "recall@1": 0,
        "recall@5": 0,
        "recall@10": 0,
        "median_rank": 20,
    }


def test_captions_of_pictures_that_failed(known: Callable[..., Any]) -> None:
    encoder, embedded, captions = _noisy(known)
    others = [Caption("gone.jpg", "de", "never asked")]
    assert evaluate_retrieval(encoder, embedded, captions + others).queries["de"] == 120
    with pytest.raises(UsageError, match="No caption belongs"):
        evaluate_retrieval(encoder, embedded, others)
