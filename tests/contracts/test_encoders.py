"""What every encoder owes its callers, whatever its runtime."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from archive_ai.encoders.opening import open_encoder
from archive_ai.errors import MissingExtra, ModelUnusable, UnknownModel
from archive_ai.ports import Encoder
from archive_ai.settings import bundled

OPEN_CLIP = f"local-dir:{bundled('models') / 'archive-mini' / 'open_clip'}"


@pytest.fixture(
    params=["tiny", "archive-mini", pytest.param("open_clip", marks=pytest.mark.torch)],
    scope="module",
)
def encoder(request: pytest.FixtureRequest, tiny_model: str) -> Encoder:
    references = {"tiny": tiny_model, "archive-mini": "archive-mini", "open_clip": OPEN_CLIP}
    return open_encoder(references[request.param], bundled("models"), workers=2)


def _pictures(encoder: Encoder, count: int) -> np.ndarray:
    size = encoder.card.preprocessing.size
    random = np.random.default_rng(3)
    return random.integers(0, 256, (count, size, size, 3), dtype=np.uint8)


def test_vectors_have_unit_length_and_the_cards_width(encoder: Encoder) -> None:
    for vectors in (
        encoder.encode_images(_pictures(encoder, 3)),
        encoder.encode_texts(["Kirche", "ein altes Foto", "Straße über die Brücke"]),
    ):
        assert vectors.dtype == np.float32
        assert vectors.shape == (3, encoder.card.width)
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_nothing_gives_nothing(encoder: Encoder) -> None:
    assert encoder.encode_images(_pictures(encoder, 0)).shape == (0, encoder.card.width)
    assert encoder.encode_texts([]).shape == (0, encoder.card.width)


def test_a_batch_gives_what_single_calls_give(encoder: Encoder) -> None:
    pictures = _pictures(encoder, encoder.batch_size + 2)
    together = encoder.encode_images(pictures)
    alone = np.concatenate([encoder.encode_images(one[None]) for one in pictures[-3:]])
    assert np.allclose(together[-3:], alone, atol=1e-4)
    texts = ["Kirche", "ein sehr langer Satz über den Markt und die Brücke", ""] * 30
    assert np.allclose(encoder.encode_texts(texts)[:3], encoder.encode_texts(texts[:3]), atol=1e-4)


def test_any_text_has_a_vector(encoder: Encoder) -> None:
    texts = ["", " ", "x" * 5000, "Kirche " * 500, "ßüöäÄ", "教会", "🏛", "\x00", "a\nb"]
    assert np.isfinite(encoder.encode_texts(texts)).all()


def test_several_threads_may_call_at_once(encoder: Encoder) -> None:
    from concurrent.futures import ThreadPoolExecutor

    pictures = _pictures(encoder, 4)
    expected = encoder.encode_images(pictures)
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(lambda _: encoder.encode_images(pictures), range(8)):
            assert np.allclose(vectors, expected, atol=1e-5)


def test_the_fingerprint_is_of_weights_preprocessing_and_runtime(
    encoder: Encoder, tiny_model: str, other_model: str
) -> None:
    again = open_encoder(tiny_model, bundled("models"))
    other = open_encoder(other_model, bundled("models"))
    assert again.card.fingerprint == open_encoder(tiny_model, Path()).card.fingerprint
    assert other.card.fingerprint != again.card.fingerprint
    assert type(encoder.card).from_json(encoder.card.to_json()) == encoder.card


@pytest.mark.torch
def test_names_that_open_clip_does_not_know_are_one_sentence() -> None:
    with pytest.raises(UnknownModel, match="no pretrained weights named nonsense"):
        open_encoder("ViT-B-32/nonsense", bundled("models"))
    with pytest.raises(UnknownModel, match="no open_clip model Nonsense/x"):
        open_encoder("Nonsense/x", bundled("models"))


@pytest.mark.torch
def test_weights_that_cannot_be_fetched_are_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(ModelUnusable, match="cannot be loaded"):
        open_encoder("ViT-B-32/laion2b_s34b_b79k", bundled("models"))


def test_without_torch_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from archive_ai.encoders import opening

    monkeypatch.setattr(opening, "find_spec", lambda _: None)
    with pytest.raises(MissingExtra) as error:
        open_encoder("ViT-B-32/openai", bundled("models"))
    assert "archive-ai[torch]" in error.value.advice


def test_a_broken_model_folder_is_one_sentence(tmp_path: Path, tiny_model: str) -> None:
    import shutil

    with pytest.raises(ModelUnusable, match="no model folder"):
        open_encoder("local-dir:/nowhere/at/all", bundled("models"))
    folder = tmp_path / "model"
    shutil.copytree(tiny_model.removeprefix("local-dir:"), folder)
    (folder / "image.onnx").write_bytes(b"torn")
    broken = open_encoder(f"local-dir:{folder}", bundled("models"))
    with pytest.raises(ModelUnusable, match=r"image\.onnx"):
        broken.encode_images(_pictures(broken, 1))
    (folder / "encoder.json").write_text("{}")
    with pytest.raises(ModelUnusable, match="not whole"):
        open_encoder(f"local-dir:{folder}", bundled("models"))
