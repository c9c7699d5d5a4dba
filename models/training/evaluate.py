"""Judge an exported model: `python models/training/evaluate.py --material DIR`.

Reads the ONNX form and the pictures themselves, without torch and without any cache, so the
figures are those of the files that are shipped.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image
from tokenizers import Tokenizer

from archive_ai.sample import MOTIFS, draw_picture
from crops import crop
from judging import PLAIN, TEMPLATES, Figures, Judge, Vectors
from material import TARS, Material, pictures_in

HERE = Path(__file__).resolve().parent
BATCH = 32


class Model:
    """The two ONNX files and the tokenizer of a folder."""

    def __init__(self, folder: Path, threads: int = 2) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._image = onnxruntime.InferenceSession(folder / "image.onnx", options)
        self._text = onnxruntime.InferenceSession(folder / "text.onnx", options)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        card = json.loads((folder / "encoder.json").read_text("utf-8"))
        self.size = int(card["image_size"])

    def pictures(self, images: list[Image.Image]) -> Vectors:
        """Unit vectors [N, D] of pictures."""
        pixels = np.stack([crop(image, self.size) for image in images])
        found: Vectors = self._image.run(None, {"pixels": pixels})[0]
        return found

    def texts(self, texts: list[str]) -> Vectors:
        """Unit vectors [M, D] of texts."""
        parts = []
        for start in range(0, len(texts), 256):
            encoded = self._tokenizer.encode_batch(texts[start : start + 256])
            tokens = np.array([e.ids for e in encoded], dtype=np.int64)
            parts.append(self._text.run(None, {"tokens": tokens})[0])
        return np.concatenate(parts)


def picture_vectors(model: Model, material: Path, wanted: set[str]) -> dict[str, Vectors]:
    """Vectors of the wanted pictures of all tars, by name."""
    found: dict[str, Vectors] = {}
    for tar in TARS:
        pictures = (item for item in pictures_in(material / tar) if item[0] in wanted)
        while batch := list(islice(pictures, BATCH)):
            vectors = model.pictures([picture for _, picture in batch])
            found.update(zip([name for name, _ in batch], vectors, strict=True))
    return found


def judge(model: Model, material: Material, templates: dict[str, tuple[str, ...]]) -> Figures:
    """All figures on the judging splits of the material."""
    rows = [*material.flickr("val", "test"), *material.old_photos("test")]
    wanted = {row.picture for row in rows}
    for dataset in ("scene15", "ahe"):
        wanted |= {label.picture for label in material.scenes(dataset, "test")}
    vectors = picture_vectors(model, material.folder, wanted)
    return Judge(material).everything(
        lambda names: np.stack([vectors[name] for name in names]), model.texts, templates
    )


def judge_drawn(model: Model, seed: int, each: int = 4) -> Figures:
    """Motifs whose question puts three of their `each` drawn pictures among the first five."""
    vectors, truth = [], []
    for place, motif in enumerate(MOTIFS):
        for index in range(each):
            dice = np.random.default_rng([seed, place, index])
            image, _, _ = draw_picture(motif.id, dice, int(dice.choice((640, 880, 1200))))
            vectors.append(model.pictures([image])[0])
            truth.append(place)
    gallery, owner = np.stack(vectors), np.array(truth)
    figures: Figures = {}
    for lang in ("de", "en"):
        found = []
        for place, motif in enumerate(MOTIFS):
            query = model.texts([motif.query_de if lang == "de" else motif.query_en])[0]
            first = owner[np.argsort(-(gallery @ query))[:5]]
            found.append((first == place).sum() >= 3)
        figures[f"drawn seed {seed}: motifs found {lang}"] = float(np.mean(found))
    return figures


def speed(folder: Path, repeats: int = 20) -> Figures:
    """CPU milliseconds on one thread: a picture alone and in a batch, a text alone."""
    model = Model(folder, threads=1)
    picture = Image.effect_noise((256, 192), 60).convert("RGB")
    tasks: dict[str, tuple[Callable[[], Vectors], int]] = {
        "one picture": (lambda: model.pictures([picture]), 1),
        "a picture of 32": (lambda: model.pictures([picture] * BATCH), BATCH),
        "one text": (lambda: model.texts(["alte Kirche am Fluss"]), 1),
    }
    figures: Figures = {}
    for name, (task, count) in tasks.items():
        task()
        begun = time.process_time()
        for _ in range(repeats):
            task()
        figures[f"CPU ms, {name}"] = (time.process_time() - begun) / repeats / count * 1000
    return figures


def main() -> None:
    """Print all figures as one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--material", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=HERE.parent / "archive-mini" / "onnx")
    parser.add_argument("--drawn-seed", type=int, action="append", default=[])
    parser.add_argument("--only-drawn", action="store_true")
    given = parser.parse_args()
    model = Model(given.model)
    result: dict[str, Figures] = {"speed": speed(given.model)}
    if not given.only_drawn:
        material = Material(given.material)
        result["bare names"] = judge(model, material, PLAIN)
        result["templates"] = judge(model, material, TEMPLATES)
    for seed in given.drawn_seed:
        result.setdefault("drawn", {}).update(judge_drawn(model, seed))
    rounded = {
        name: {key: round(value, 4) for key, value in figures.items()}
        for name, figures in result.items()
    }
    print(json.dumps(rounded, indent=2))


if __name__ == "__main__":
    main()
