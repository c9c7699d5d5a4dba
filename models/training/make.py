"""Make the bundled model: `python models/training/make.py --material DIR`.

Every step keeps its result in the cache folder and is skipped when it is there; remove a
file to make it and what follows anew. Pictures are looked at once, training takes minutes.
"""

from __future__ import annotations

import argparse
import json
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, get_args

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

import distil
import drawn
import export_onnx
import export_open_clip
import features
import finetune
import image_tower
import joint
import lessons
import student
import teacher
import teaching
import texts
import tokenizer
import words
from features import Features
from heads import Heads, class_prior, new_heads
from lessons import Lessons
from material import Material, Sources

HERE = Path(__file__).resolve().parent
LICENCE = {
    "all": "weights for research and trial, see README.md: trained with research-only pictures",
    "public-domain": "see README.md: taught with pictures in the public domain in the USA",
}
SOURCE = (
    "EfficientNet-Lite2 and a student of USE-multilingual (both Apache-2.0), taught with old "
    "photographs and captions; see README.md"
)
DRAWN_EACH = 60
DISTIL = distil.Schedule(steps=2_200)
START = teaching.Recipe(rate=2e-3, drawn=128, drawn_weight=0.2, prior_every=2)


@dataclass
class Workshop:
    """The steps of making the model, each made once and kept in the cache folder."""

    material: Material
    vocabulary: Path
    cache: Path

    def _kept(self, name: str) -> Path:
        """Where a result that depends on the chosen sources is kept."""
        return self.cache / f"{Path(name).stem}-{self.material.sources}{Path(name).suffix}"

    @cached_property
    def pictures(self) -> Features:
        """Cached features of the material and of drawn pictures."""
        folder = self.cache / "features"
        return features.join(
            [features.cache_material(self.material.folder, folder), drawn.cache(DRAWN_EACH, folder)]
        )

    @cached_property
    def corpus(self) -> list[str]:
        """The texts of the distillation."""
        return texts.corpus(self.material, self.vocabulary, self.cache)

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer, trained on words, captions and the vocabulary."""
        captions = self.material.flickr("train") + self.material.old_photos("train")
        heard = [caption.text for caption in captions]
        heard += 30 * texts.vocabulary_texts(self.vocabulary)
        return tokenizer.train(words.load(self.cache), heard, self._kept("tokenizer.json"))

    @cached_property
    def lessons(self) -> Lessons:
        """What to teach, drawn pictures included."""
        row = self.pictures.row
        prepared = lessons.prepare(self.material, row)
        prepared.drawn = drawn.named(self.cache / "features", row, prepared.texts)
        return prepared

    @cached_property
    def lesson_vectors(self) -> Tensor:
        """The teacher's vectors of all texts of the lessons, [T, 512]."""
        rows = teacher.cached_vectors(self.lessons.texts.all(), self._kept("lessons.npy"))
        return torch.from_numpy(rows.astype(np.float32))

    @cached_property
    def language(self) -> tuple[student.Ids, teacher.Vectors]:
        """Ids [N, 32] and teacher's vectors [N, 512] of corpus and lessons."""
        wanted = teacher.cached_vectors(self.corpus, self._kept("corpus.npy"))
        both = np.concatenate([wanted, self.lesson_vectors.numpy().astype(np.float16)])
        return student.ids_of(self.tokenizer, self.corpus + self.lessons.texts.all()), both

    def distilled(self) -> Any:
        """The student tower after distillation."""
        tower = student.new_tower(self.tokenizer.get_vocab_size())
        pieces = student.piece_vectors(self.tokenizer, self._kept("pieces.npy"))
        student.start_from(tower, pieces)
        distil.run(tower, *self.language, DISTIL, self._kept("student.pt"))
        student.level(tower, self.language[0][:4096])
        return tower

    def image_tower(self) -> tuple[Any, Tensor, Tensor]:
        """The fine-tuned image tower, all features by it, and the class prior."""
        tower: Any = image_tower.load_tower()
        prior = class_prior(tower.classifier, torch.from_numpy(self.pictures.pooled))
        upper = finetune.Upper(tower)
        path, pooled = self._kept("upper.pt"), self._kept("upper.npy")
        if not path.exists():
            vectors, found = self.lesson_vectors, torch.from_numpy(self.pictures.pooled)
            heads = new_heads(START.width, found[self.lessons.taught()])
            start = teaching.Teacher(
                self.lessons, prior, lambda rows: found[rows], lambda rows: vectors[rows], START
            )
            teaching.train(start, heads)
            finetune.run(upper, heads, self.lessons, self.pictures, prior, vectors)
            torch.save(tower.state_dict(), path)
        tower.load_state_dict(torch.load(path, weights_only=True))
        if not pooled.exists():
            np.save(pooled, finetune.recompute(upper.eval(), self.pictures))
        return tower, torch.from_numpy(np.load(pooled)), prior

    def jointly_trained(self, tower: Any, found: Tensor, prior: Tensor) -> Heads:
        """Heads for found features [N, 1280]; the student tower learns along in place."""
        path = self._kept("joint.pt")
        heads = new_heads(START.width, found[self.lessons.taught()])
        if not path.exists():
            ids = student.ids_of(self.tokenizer, self.lessons.texts.all())
            given = student.encode_all(tower, ids).clone()
            start = teaching.Teacher(
                self.lessons, prior, lambda rows: found[rows], lambda rows: given[rows], START
            )
            teaching.train(start, heads)
            language = joint.keep_language(tower, *self.language)
            joint.run(tower, heads, self.lessons, found, prior, ids, language)
            torch.save({"tower": tower.state_dict(), "heads": heads.state_dict()}, path)
        kept = torch.load(path, weights_only=True)
        tower.load_state_dict(kept["tower"])
        heads.load_state_dict(kept["heads"])
        return heads.eval()


def export(workshop: Workshop, trunk: Any, tower: Any, heads: Heads, out: Path) -> None:
    """Both forms into a fresh folder, which then takes the place of the old one."""
    model = export_open_clip.assemble(trunk, tower, heads, workshop.tokenizer.get_vocab_size())
    fresh = workshop.cache / "export"
    shutil.rmtree(fresh, ignore_errors=True)
    export_open_clip.write(model, workshop.tokenizer, fresh / "open_clip")
    licence = LICENCE[workshop.material.sources]
    export_onnx.write(model, workshop.tokenizer, fresh / "onnx", licence, SOURCE)
    for form in ("open_clip", "onnx"):
        shutil.rmtree(out / form, ignore_errors=True)
        shutil.copytree(fresh / form, out / form)


def main() -> None:
    """Make the model from the material, step by step, and export it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--material", type=Path, required=True, help="folder of the material")
    parser.add_argument("--vocabulary", type=Path, help="default: vocabulary beside the material")
    parser.add_argument("--cache", type=Path, default=HERE / "cache")
    parser.add_argument("--out", type=Path, default=HERE.parent / "archive-mini")
    parser.add_argument("--sources", choices=get_args(Sources), default="all")
    given = parser.parse_args()
    torch.manual_seed(0)
    given.cache.mkdir(parents=True, exist_ok=True)
    vocabulary = given.vocabulary or given.material.parent / "vocabulary"
    workshop = Workshop(Material(given.material, given.sources), vocabulary, given.cache)
    trunk, found, prior = workshop.image_tower()
    tower = workshop.distilled()
    heads = workshop.jointly_trained(tower, found, prior)
    export(workshop, trunk, tower, heads, given.out)
    sizes = {form: _size(given.out / form) for form in ("open_clip", "onnx")}
    print(json.dumps({"written to": str(given.out), "bytes": sizes}), flush=True)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
