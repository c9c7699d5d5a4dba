"""The bundled model: two forms, one set of weights, both small and usable as they lie there."""

import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from PIL import Image, ImageDraw
from tokenizers import Tokenizer

MODEL = Path(__file__).parents[2] / "models" / "archive-mini"
ONNX, OPEN_CLIP = MODEL / "onnx", MODEL / "open_clip"
LIMIT = 40_000_000
TEXTS = [
    "Kirche",
    "church",
    "Straße am Fluss mit Fachwerkhäusern",
    "eine alte Dampflokomotive am Bahnsteig, um 1905",
    "Weinbergterrassenmauer",
    "Donaudampfschifffahrtsgesellschaftskapitän",
    "Ölmühle, Übergabe, Ärztehaus",
    "two men & a horse-drawn cart",
    "a view of the town hall and the market square " * 20,
    "",
    "   ",
    "1234 ?!",
]


def drawn_pictures() -> list[Image.Image]:
    """Pictures of several shapes, none of them upscaled or square by chance."""
    pictures = []
    for number, size in enumerate([(400, 300), (256, 512), (192, 192), (700, 230)]):
        picture = Image.new("RGB", size, (190 - 20 * number, 170, 140))
        draw = ImageDraw.Draw(picture)
        width, height = size
        draw.rectangle((width // 4, height // 3, width // 2, height), fill=(60, 50, 45))
        draw.polygon(
            [(width // 4, height // 3), (width // 2, height // 3), (3 * width // 8, 0)],
            fill="brown",
        )
        draw.ellipse((width // 2, 10, width // 2 + 60, 70), fill=(240, 235, 200))
        pictures.append(picture)
    return pictures


def pixels_of(picture: Image.Image, size: int) -> np.ndarray:
    """What encoder.json promises: the whole picture, both sides to `size`, bicubic."""
    resized = picture.resize((size, size), Image.Resampling.BICUBIC)
    return np.asarray(resized, dtype=np.uint8)


@pytest.fixture(scope="module")
def card() -> dict:
    return json.loads((ONNX / "encoder.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(ONNX / "tokenizer.json"))


@pytest.fixture(scope="module")
def image_session() -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(ONNX / "image.onnx")


@pytest.fixture(scope="module")
def text_session() -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(ONNX / "text.onnx")


def ids_of(tokenizer: Tokenizer, texts: list[str]) -> np.ndarray:
    return np.array([e.ids for e in tokenizer.encode_batch(texts)], dtype=np.int64)


@pytest.mark.parametrize("folder", [ONNX, OPEN_CLIP], ids=["onnx", "open_clip"])
def test_each_form_is_small_enough(folder: Path) -> None:
    assert 0 < sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) <= LIMIT


def test_card_says_what_the_graphs_need(card, image_session, text_session) -> None:
    assert {"name", "version", "mean", "std", "logit_scale", "license", "source"} <= set(card)
    assert card["languages"] == ["de", "en"]
    assert card["resize"] == "squash"
    size, length, width = card["image_size"], card["context_length"], card["width"]
    assert [i.name for i in image_session.get_inputs()] == ["pixels"]
    assert image_session.get_inputs()[0].shape[1:] == [size, size, 3]
    assert [i.name for i in text_session.get_inputs()] == ["tokens"]
    assert text_session.get_inputs()[0].shape[1:] == [length]
    for session in (image_session, text_session):
        assert [o.name for o in session.get_outputs()] == ["embedding"]
        assert session.get_outputs()[0].shape[1:] == [width]


@pytest.mark.parametrize("count", [1, 3])
def test_vectors_have_unit_length_for_any_count(
    card, image_session, text_session, tokenizer, count
) -> None:
    pixels = np.stack([pixels_of(p, card["image_size"]) for p in drawn_pictures()[:count]])
    pictures = image_session.run(None, {"pixels": pixels})[0]
    words = text_session.run(None, {"tokens": ids_of(tokenizer, TEXTS[:count])})[0]
    for vectors in (pictures, words):
        assert vectors.shape == (count, card["width"])
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-4)


@pytest.mark.parametrize(
    "spellings",
    [
        ["Kirche", "kirche", "KIRCHE", " Kirche?! "],
        ["Straße", "Strasse", "STRASSE", "straße."],
        ["Brücke", "Bruecke", "BRÜCKE", "bru\u0308cke"],
        ["Schützenstraße", "Schuetzenstrasse"],
        ["Café", "Cafe"],
    ],
)
def test_spellings_of_one_word_are_one_vector(tokenizer, text_session, spellings) -> None:
    ids = ids_of(tokenizer, spellings)
    assert (ids == ids[0]).all()
    vectors = text_session.run(None, {"tokens": ids})[0]
    assert (vectors @ vectors[0] >= 0.9999).all()


def test_ids_have_the_context_length(card, tokenizer) -> None:
    ids = ids_of(tokenizer, TEXTS)
    assert ids.shape == (len(TEXTS), card["context_length"])
    assert ((ids == 2).sum(axis=1) == 1).all(), "every text ends once, also when it is cut"


def test_german_and_english_words_of_one_thing_are_close(text_session, tokenizer) -> None:
    german = ["Brücke", "Straßenbahn", "Weinberg", "Schiff", "Schule", "Pferd"]
    english = ["bridge", "tram", "vineyard", "ship", "school", "horse"]
    left = text_session.run(None, {"tokens": ids_of(tokenizer, german)})[0]
    right = text_session.run(None, {"tokens": ids_of(tokenizer, english)})[0]
    assert ((left @ right.T).argmax(axis=1) == np.arange(len(german))).all()


@pytest.fixture(scope="module")
def open_clip_form():
    """Model, transform and tokenizer as plain open_clip loads them, with no hub to ask."""
    pytest.importorskip("torch")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        import open_clip

        name = f"local-dir:{OPEN_CLIP}"
        model, _, transform = open_clip.create_model_and_transforms(name)
        yield model.eval(), transform, open_clip.get_tokenizer(name)


@pytest.mark.torch
def test_both_forms_read_texts_alike(open_clip_form, text_session, tokenizer) -> None:
    import torch

    model, _, clip_tokenizer = open_clip_form
    tokens = clip_tokenizer(TEXTS)
    np.testing.assert_array_equal(tokens.numpy(), ids_of(tokenizer, TEXTS))
    with torch.inference_mode():
        expected = model.encode_text(tokens, normalize=True).numpy()
    given = text_session.run(None, {"tokens": ids_of(tokenizer, TEXTS)})[0]
    assert ((expected * given).sum(axis=1) >= 0.9999).all()


@pytest.mark.torch
def test_both_forms_see_pictures_alike(open_clip_form, image_session, card) -> None:
    import torch

    model, transform, _ = open_clip_form
    pictures = drawn_pictures()
    with torch.inference_mode():
        images = torch.stack([transform(picture) for picture in pictures])
        expected = model.encode_image(images, normalize=True).numpy()
    pixels = np.stack([pixels_of(picture, card["image_size"]) for picture in pictures])
    given = image_session.run(None, {"pixels": pixels})[0]
    assert ((expected * given).sum(axis=1) >= 0.9999).all()


@pytest.mark.torch
def test_open_clip_form_is_computed_in_float32(open_clip_form, card) -> None:
    import torch

    model, _, _ = open_clip_form
    assert {p.dtype for p in model.parameters()} == {torch.float32}
    assert model.logit_scale.exp().item() == pytest.approx(card["logit_scale"], rel=1e-2)


def test_the_files_hold_no_path_of_the_machine_that_made_them() -> None:
    for path in sorted(MODEL.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            assert b"site-packages" not in content, path
            assert b"stack_trace" not in content, path
