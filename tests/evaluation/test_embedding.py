"""Pictures become vectors in order, in batches, and none is dropped in silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from archive_ai.domain import Progress
from archive_ai.errors import UnreadablePicture
from archive_ai.evaluation import embed_pictures
from archive_ai.evaluation.embedding import embed_names, embed_texts


def _named(*stems: object) -> list[tuple[str, Path]]:
    return [(f"name-{stem}", Path(f"{stem}.jpg")) for stem in stems]


def test_order_batches_and_failures(known: Callable[..., Any], reader: Any) -> None:
    encoder, seen = known(8), list[Progress]()
    pictures = _named(*range(5), "broken", *range(5, 10))
    embedded = embed_pictures(encoder, reader, pictures, 3, seen.append)
    assert embedded.pictures == tuple(f"name-{number}" for number in range(10))
    assert embedded.vectors.argmax(axis=1).tolist() == [*range(8), 0, 1]
    assert np.allclose(np.linalg.norm(embedded.vectors, axis=1), 1)
    assert encoder.batches == [4, 4, 2]
    assert [str(failure.path) for failure in embedded.failures] == ["name-broken"]
    assert embedded.failures[0].advice == "Scan it again."
    assert [(one.done, one.total, one.failed) for one in seen] == [
        (4, 11, 0),
        (8, 11, 1),
        (10, 11, 1),
    ]


def test_nothing_readable_is_an_error(known: Callable[..., Any], reader: Any) -> None:
    with pytest.raises(UnreadablePicture, match="None of the 2 pictures could be read"):
        embed_pictures(known(8), reader, _named("x", "y"))
    with pytest.raises(UnreadablePicture, match="None of the 0"):
        embed_pictures(known(8), reader, [])


def test_texts_once_each_and_names_averaged(known: Callable[..., Any]) -> None:
    encoder = known(2, {"a": (2, 0), "b": (0, 1), "old a": (0, 5), "old b": (0, 5)})
    assert embed_texts(encoder, ["a", "b", "a"]).tolist() == [[1, 0], [0, 1], [1, 0]]
    assert encoder.asked == ["a", "b"]
    assert embed_texts(encoder, []).shape == (0, 2)
    both = embed_names(encoder, ["a", "b"], ["{}", "old {}"])
    assert np.allclose(both, [[0.5**0.5, 0.5**0.5], [0, 1]])
