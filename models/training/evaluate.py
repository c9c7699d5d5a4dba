"""Judge an exported model: `python models/training/evaluate.py --material DIR`.

Reads the ONNX form and the pictures themselves, without torch and without any cache, so the
figures are those of the files that are shipped.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from functools import cache
from itertools import islice
from pathlib import Path
from zlib import crc32

import numpy as np
import onnxruntime
from PIL import Image
from sklearn.linear_model import LogisticRegression
from tokenizers import Tokenizer

import glossary
from archive_ai.images.looks import LOOKS, judged
from archive_ai.sample import MOTIFS, draw_picture
from judging import LANGUAGES, PLAIN, TEMPLATES, Figures, Judge, Vectors
from material import TARS, Material, pictures_in
from squash import squash

HERE = Path(__file__).resolve().parent
BATCH = 32
PROBE_C = 30.0  # weak shrinkage: unit vectors are small numbers


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
        pixels = np.stack([squash(image, self.size) for image in images])
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


def picture_vectors(
    model: Model, material: Path, wanted: set[str], look: str | None = None
) -> dict[str, Vectors]:
    """Vectors of the wanted pictures of all tars, by name; made to look old if asked."""
    found: dict[str, Vectors] = {}
    for tar in TARS:
        pictures = (item for item in pictures_in(material / tar) if item[0] in wanted)
        while batch := list(islice(pictures, BATCH)):
            shown = [picture for _, picture in batch]
            if look is not None:
                pixels = [Image.fromarray(squash(picture, model.size)) for picture in shown]
                shown = [
                    judged(look, p, crc32(n.encode()))
                    for p, (n, _) in zip(pixels, batch, strict=True)
                ]
            vectors = model.pictures(shown)
            found.update(zip([name for name, _ in batch], vectors, strict=True))
    return found


def wanted_pictures(material: Material) -> set[str]:
    """Every picture that any measure asks for."""
    rows = [*material.flickr("val", "test"), *material.old_photos("test")]
    wanted = {row.picture for row in rows}
    for dataset, split in (("scene15", "test"), ("scene15", "train"), ("ahe", "test")):
        wanted |= {label.picture for label in material.scenes(dataset, split)}
    return wanted


def judge_looks(model: Model, material: Material, plain: dict[str, Vectors]) -> Figures:
    """What share of recall@10 and of scene15's accuracy is left in every archive look."""
    judge = Judge(material)
    wanted = {c.picture for c in material.flickr("val", "test")}
    wanted |= {label.picture for label in material.scenes("scene15", "test")}

    @cache
    def encoded(texts: tuple[str, ...]) -> Vectors:
        return model.texts(list(texts))

    def said(texts: list[str]) -> Vectors:
        """The same captions are asked of every look: they are encoded once."""
        return encoded(tuple(texts))

    def asked(vectors: dict[str, Vectors]) -> Figures:
        def pictures(names: list[str]) -> Vectors:
            return np.stack([vectors[name] for name in names])

        found = judge.retrieval(pictures, said)
        found |= judge.scenes(pictures, said, TEMPLATES)
        return {
            name: value for name, value in found.items() if "R@1 " not in name and "R@5" not in name
        }

    before = asked(plain)
    figures: Figures = {}
    for look in LOOKS:
        after = asked(picture_vectors(model, material.folder, wanted, look))
        for name, value in after.items():
            figures[f"{look}: {name}"] = value
            figures[f"{look}: {name}, share left"] = value / before[name]
    return figures


def judge_words(model: Model) -> Figures:
    """Words that no training text holds: is the translation first among 2,000, and spellings."""
    pairs, others = glossary.judged_words()
    german, english = [de for de, _ in pairs], [en for _, en in pairs]
    queries, gallery = model.texts(german), model.texts(english + others)
    scores = queries @ gallery.T
    own = scores[np.arange(len(pairs)), np.arange(len(pairs))]
    ranks = (scores > own[:, None]).sum(axis=1)
    figures = {f"words R@{k}": float((ranks < k).mean()) for k in (1, 5, 10)}
    spelled = {
        "lower case": [word.lower() for word in german],
        "upper case": [word.upper() for word in german],
        "ue for ü, ss for ß": [respelled(word) for word in german],
    }
    for name, words in spelled.items():
        changed = np.array([a != b for a, b in zip(words, german, strict=True)])
        cosines = (model.texts(words) * queries).sum(axis=1)[changed]
        figures[f"mean cosine, {name} ({changed.sum()} words)"] = float(cosines.mean())
    return figures


def respelled(word: str) -> str:
    """A word as it is typed where there are no umlauts."""
    for letter, plain in {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
    }.items():
        word = word.replace(letter, plain)
    return word


def judge_probe(material: Material, vectors: dict[str, Vectors], each: int = 10) -> Figures:
    """Accuracy on scene15 of a linear probe on `each` training pictures a class, five draws."""
    train, test = material.scenes("scene15", "train"), material.scenes("scene15", "test")
    by_class: dict[str, list[str]] = {}
    for label in train:
        by_class.setdefault(label.concept, []).append(label.picture)
    shown, truth = np.stack([vectors[t.picture] for t in test]), [t.concept for t in test]
    scores = []
    for seed in range(5):
        dice = np.random.default_rng(seed)
        names = [(n, c) for c, own in by_class.items() for n in dice.permutation(own)[:each]]
        probe = LogisticRegression(C=PROBE_C, max_iter=2000)
        probe.fit(np.stack([vectors[n] for n, _ in names]), [c for _, c in names])
        scores.append(probe.score(shown, truth))
    return {
        f"scene15 linear probe, {each} a class": float(np.mean(scores)),
        "… standard deviation over five draws": float(np.std(scores)),
    }


def judge_drawn(model: Model, seeds: list[int], each: int = 4) -> Figures:
    """Precision@5 of the motifs' questions among all drawn pictures of these seeds."""
    vectors, truth = [], []
    for seed in seeds:
        for place, motif in enumerate(MOTIFS):
            for index in range(each):
                dice = np.random.default_rng([seed, place, index])
                image, _, _ = draw_picture(motif.id, dice, int(dice.choice((640, 880, 1200))))
                vectors.append(model.pictures([image])[0])
                truth.append(place)
    gallery, owner = np.stack(vectors), np.array(truth)
    figures: Figures = {}
    for lang in LANGUAGES:
        shares = []
        for place, motif in enumerate(MOTIFS):
            query = model.texts([motif.query_de if lang == "de" else motif.query_en])[0]
            first = owner[np.argsort(-(gallery @ query))[:5]]
            shares.append((first == place).mean())
        figures[f"drawn seeds {seeds}: precision@5 {lang}"] = float(np.mean(shares))
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
    parser.add_argument("--looks", action="store_true", help="judge archive looks too (minutes)")
    given = parser.parse_args()
    model, material = Model(given.model), Material(given.material)
    vectors = picture_vectors(model, material.folder, wanted_pictures(material))

    def pictures(names: list[str]) -> Vectors:
        return np.stack([vectors[name] for name in names])

    judge = Judge(material)
    result: dict[str, Figures] = {
        "speed": speed(given.model),
        "bare names": judge.everything(pictures, model.texts, PLAIN),
        "templates": judge.everything(pictures, model.texts, TEMPLATES),
        "words": judge_words(model),
        "probe": judge_probe(material, vectors),
    }
    if given.drawn_seed:
        result["drawn"] = judge_drawn(model, given.drawn_seed)
    if given.looks:
        result["looks"] = judge_looks(model, material, vectors)
    rounded = {
        name: {key: round(value, 4) for key, value in figures.items()}
        for name, figures in result.items()
    }
    print(json.dumps(rounded, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
