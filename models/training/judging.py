"""Judge a model on the splits that nothing was trained on.

Needs only two functions, pictures to vectors and texts to vectors, so that cached features,
the open_clip form and the ONNX form are all judged by the same code.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lessons import HELD_OUT
from material import Label, Material

Vectors = npt.NDArray[np.float32]
EncodePictures = Callable[[list[str]], Vectors]
EncodeTexts = Callable[[list[str]], Vectors]
Figures = dict[str, float]

LANGUAGES = ("de", "en")
PLAIN: dict[str, tuple[str, ...]] = {"de": ("{}",), "en": ("{}",)}
# The same plain phrases that `archive-ai evaluate zero-shot` averages.
TEMPLATES: dict[str, tuple[str, ...]] = {
    "de": ("{}", "ein Foto von {}", "altes Foto: {}", "Blick auf {}"),
    "en": ("{}", "a photo of {}", "old photo: {}", "view of {}"),
}


def unit(vectors: Vectors) -> Vectors:
    """Rows scaled to length one."""
    scaled: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return scaled


def recall(pictures: Vectors, queries: Vectors, owner: npt.NDArray[np.int64], k: int) -> float:
    """Share of queries whose own picture is among the first k."""
    hits = 0
    for start in range(0, len(queries), 2048):
        scores = queries[start : start + 2048] @ pictures.T
        mine = owner[start : start + 2048]
        own = scores[np.arange(len(mine)), mine]
        hits += int(((scores > own[:, None]).sum(axis=1) < k).sum())
    return hits / len(queries)


def average_precision(scores: npt.NDArray[np.float32], relevant: npt.NDArray[np.bool_]) -> float:
    """Average precision of one ranking."""
    found = relevant[np.argsort(-scores, kind="stable")]
    ranks = np.flatnonzero(found) + 1
    return float((np.arange(1, len(ranks) + 1) / ranks).mean())


def name_vectors(names: list[str], templates: tuple[str, ...], encode: EncodeTexts) -> Vectors:
    """One unit vector a name: the mean over the templates."""
    rows = [unit(encode([template.format(name) for name in names])) for template in templates]
    return unit(np.mean(rows, axis=0))


@dataclass
class Judge:
    """The evaluation sets of the material, ready to ask any model."""

    material: Material
    minimum: int = 8

    def retrieval(self, pictures: EncodePictures, texts: EncodeTexts) -> Figures:
        """Flickr8k val and test: recall of captions by language."""
        captions = self.material.flickr("val", "test")
        names = list(dict.fromkeys(c.picture for c in captions))
        position = {name: i for i, name in enumerate(names)}
        gallery = unit(pictures(names))
        figures: Figures = {}
        for lang in LANGUAGES:
            rows = [c for c in captions if c.lang == lang]
            queries = unit(texts([c.text for c in rows]))
            owner = np.array([position[c.picture] for c in rows])
            for k in (1, 5, 10):
                figures[f"flickr8k R@{k} {lang}"] = recall(gallery, queries, owner, k)
        return figures

    def old_photos(
        self, pictures: EncodePictures, texts: EncodeTexts, templates: dict[str, tuple[str, ...]]
    ) -> Figures:
        """Old photographs of the test books: mean average precision and lift by names."""
        names = list(dict.fromkeys(c.picture for c in self.material.old_photos("test")))
        gallery = unit(pictures(names))
        labels = self.material.concepts("test")
        figures: Figures = {}
        for lang in LANGUAGES:
            precision, lift, held_out = [], [], []
            for concept, relevant in _relevance(labels, names, self.minimum).items():
                label = next(x for x in labels if x.concept == concept)
                query = name_vectors(
                    [label.de if lang == "de" else label.en], templates[lang], texts
                )[0]
                scores = gallery @ query
                precision.append(average_precision(scores, relevant))
                if concept in HELD_OUT:
                    held_out.append(precision[-1])
                top = relevant[np.argsort(-scores, kind="stable")[:20]].mean()
                lift.append(float(top / relevant.mean()))
            figures[f"old photos mAP {lang}"] = float(np.mean(precision))
            figures[f"old photos mAP of the ten {lang}"] = float(np.mean(held_out))
            figures[f"old photos lift@20 {lang}"] = float(np.median(lift))
        return figures

    def old_captions(self, pictures: EncodePictures, texts: EncodeTexts) -> Figures:
        """Old photographs of the test books: recall of their captions by language."""
        captions = self.material.old_photos("test")
        names = list(dict.fromkeys(c.picture for c in captions))
        position = {name: i for i, name in enumerate(names)}
        gallery = unit(pictures(names))
        figures: Figures = {}
        for lang in LANGUAGES:
            rows = [c for c in captions if c.lang == lang]
            owner = np.array([position[c.picture] for c in rows])
            queries = unit(texts([c.text for c in rows]))
            figures[f"old captions R@10 {lang}"] = recall(gallery, queries, owner, 10)
        return figures

    def scenes(
        self,
        pictures: EncodePictures,
        texts: EncodeTexts,
        templates: dict[str, tuple[str, ...]],
        dataset: str = "scene15",
    ) -> Figures:
        """Zero-shot accuracy by class names."""
        rows = self.material.scenes(dataset, "test")
        gallery = unit(pictures([row.picture for row in rows]))
        classes = {row.concept: row for row in rows}
        truth = np.array([list(classes).index(row.concept) for row in rows])
        figures: Figures = {}
        for lang in LANGUAGES:
            names = [c.de if lang == "de" else c.en for c in classes.values()]
            guess = (gallery @ name_vectors(names, templates[lang], texts).T).argmax(axis=1)
            figures[f"{dataset} {lang}"] = float((guess == truth).mean())
        return figures

    def everything(
        self,
        pictures: EncodePictures,
        texts: EncodeTexts,
        templates: dict[str, tuple[str, ...]] = PLAIN,
    ) -> Figures:
        """All figures that the model card reports."""
        return {
            **self.retrieval(pictures, texts),
            **self.old_photos(pictures, texts, templates),
            **self.old_captions(pictures, texts),
            **self.scenes(pictures, texts, templates),
            **self.scenes(pictures, texts, templates, "ahe"),
        }


def _relevance(
    labels: list[Label], names: list[str], minimum: int
) -> dict[str, npt.NDArray[np.bool_]]:
    """For every concept with enough pictures: which of the named pictures show it."""
    shown: dict[str, set[str]] = {}
    for label in labels:
        shown.setdefault(label.concept, set()).add(label.picture)
    return {
        concept: np.array([name in pictures for name in names])
        for concept, pictures in sorted(shown.items())
        if len(pictures) >= minimum
    }
