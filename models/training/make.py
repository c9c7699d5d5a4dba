"""Make the bundled model: `python models/training/make.py --material DIR`.

Every step keeps its result in the cache folder and is skipped when it is there; remove a
file to make it and what follows anew. Pictures are looked at once, training takes minutes.
"""

from __future__ import annotations

import argparse
import json
import shutil
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, get_args

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

import alignment
import distil
import drawn
import export_onnx
import export_open_clip
import features
import finetune
import glossary
import image_tower
import joint
import lessons
import student
import teacher
import teaching
import texts
import tokenizer
import words
from features import Views
from heads import Heads, class_prior, new_heads
from lessons import HELD_OUT, Lessons
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
BASE = distil.Schedule(steps=1_600)
FINISH = distil.Schedule(steps=300, rate=6e-4, warm_up=30)
FINISH_SHARE = 3  # texts of the corpus beside each text of the lessons
START = teaching.Recipe(rate=2e-3, drawn=128, drawn_weight=0.2, prior_every=2)
VIEW_DICE = 17


@dataclass
class Workshop:
    """The steps of making the model, each made once and kept in the cache folder.

    With `held_out` a model is made that was never taught the concepts of `HELD_OUT`: it is
    the shipped one's first half, and says what words outside the list can expect.
    """

    material: Material
    vocabulary: Path
    cache: Path
    held_out: bool = False

    def _kept(self, name: str) -> Path:
        """Where a result that depends on the chosen sources is kept."""
        return self.cache / f"{Path(name).stem}-{self.material.sources}{Path(name).suffix}"

    @cached_property
    def free(self) -> Material:
        """The material without research-only sets: all variants share what is made of it."""
        return replace(self.material, sources="public-domain")

    @cached_property
    def views(self) -> Views:
        """Cached features of the material and of drawn pictures, whatever the sources."""
        folder = self.cache / "features"
        views = features.cache_material(self.material.folder, folder)
        return replace(views, clean=features.join(views.clean, drawn.cache(DRAWN_EACH, folder)))

    @cached_property
    def corpus(self) -> list[str]:
        """The texts of the distillation, none from research-only sets."""
        return texts.corpus(self.free, self.vocabulary, self.cache)

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer, trained on words, captions and the vocabulary."""
        heard = [caption.text for caption in self.free.old_photos("train")]
        heard += 30 * texts.vocabulary_texts(self.vocabulary)
        heard += [text for pair in glossary.entries(self.vocabulary) for text in pair]
        return tokenizer.train(words.load(self.cache), heard, self.cache / "tokenizer.json")

    @property
    def lessons(self) -> Lessons:
        """What this model is taught."""
        return self.all_lessons.without(HELD_OUT) if self.held_out else self.all_lessons

    @cached_property
    def all_lessons(self) -> Lessons:
        """What there is to teach, drawn pictures included."""
        row = self.views.clean.row
        prepared = lessons.prepare(self.material, row)
        prepared.drawn = drawn.named(self.cache / "features", row, prepared.texts)
        return prepared

    @cached_property
    def corpus_vectors(self) -> teacher.Vectors:
        """What the text tower shall answer to the corpus, [N, 512]."""
        path = self.cache / "aligned.npy"
        if not path.exists():
            given = teacher.cached_vectors(self.corpus, self.cache / "corpus.npy")
            moved = alignment.aligned(self.aligning, given)
            np.save(path, alignment.brought_together(moved, self.translations))
        stored: teacher.Vectors = np.load(path)
        return stored

    @cached_property
    def lesson_vectors(self) -> Tensor:
        """What the text tower shall answer to all texts of the lessons, [T, 512]."""
        own = self.lessons.texts.all()
        given = teacher.cached_vectors(own, self._kept("lessons.npy"))
        wanted = alignment.aligned(self.aligning, given)
        place = {text: i for i, text in enumerate(self.corpus)}
        for row, text in enumerate(own):
            if text in place:  # one text, one answer
                wanted[row] = self.corpus_vectors[place[text]]
        return torch.from_numpy(wanted.astype(np.float32))

    @cached_property
    def translations(self) -> alignment.Known:
        """The pairs of the glossary as they stand in the corpus."""
        entries, pairs = glossary.entries(self.vocabulary), glossary.pairs(self.vocabulary)
        return alignment.known(self.corpus, entries, pairs)

    @cached_property
    def aligning(self) -> alignment.Alignment:
        """What moves the teacher's vectors of German and English texts together."""
        given = teacher.cached_vectors(self.corpus, self.cache / "corpus.npy")
        return alignment.learnt(given, self.translations, self.cache / "alignment.pt")

    def base_tower(self) -> Any:
        """The text tower after distillation from the corpus; every variant starts from it."""
        tower = student.new_tower(self.tokenizer.get_vocab_size())
        pieces = student.piece_vectors(self.tokenizer, self.cache / "pieces.npy")
        student.start_from(tower, pieces)
        ids = student.ids_of(self.tokenizer, self.corpus)
        distil.run(tower, ids, self.corpus_vectors, BASE, self.cache / "student.pt")
        return tower

    @cached_property
    def language(self) -> tuple[student.Ids, teacher.Vectors]:
        """Ids [N, 32] and wanted vectors [N, 512] of the lessons and of a part of the corpus."""
        own = self.lessons.texts.all()
        part = self.corpus[: FINISH_SHARE * len(own)]
        wanted = self.corpus_vectors[: len(part)]
        both = np.concatenate([self.lesson_vectors.numpy().astype(np.float16), wanted])
        return student.ids_of(self.tokenizer, own + part), both

    def distilled(self) -> Any:
        """The text tower, which now also knows the language of the lessons."""
        tower = self.base_tower()
        distil.run(tower, *self.language, FINISH, self._kept("student.pt"))
        student.level(tower, self.language[0][:4096])
        return tower

    @cached_property
    def prior(self) -> Tensor:
        """What the image tower's own classifier makes of each picture: [N, 1000]."""
        tower: Any = image_tower.load_tower()
        return class_prior(tower.classifier, torch.from_numpy(self.views.clean.pooled))

    def heads_on(self, views: Views, taught: Lessons, vectors: Tensor) -> Heads:
        """Linear heads for pooled features and text vectors [T, 512] that both stay as they are."""
        found = torch.from_numpy(views.clean.pooled)
        heads = new_heads(START.width, found[taught.taught()])
        dice = np.random.default_rng(VIEW_DICE)
        start = teaching.Teacher(
            taught,
            self.prior,
            lambda rows: torch.from_numpy(views.pooled(rows.numpy(), dice)),
            lambda rows: vectors[rows],
            START,
        )
        teaching.train(start, heads)
        return heads

    def image_tower(self) -> tuple[Any, Views]:
        """The fine-tuned image tower, and all features by it."""
        tower: Any = image_tower.load_tower()
        upper = finetune.Upper(tower)
        heads = new_heads(START.width, torch.from_numpy(self.views.clean.pooled))
        first = self.all_lessons.without(HELD_OUT)
        self._round(upper, heads, first, finetune.FIRST)
        if not self.held_out:
            self._round(upper, heads, self.all_lessons, finetune.SECOND)
        folder = self._kept("features_first" if self.held_out else "features_second")
        return tower, finetune.recompute(upper.eval(), self.views, folder)

    def _round(
        self, upper: finetune.Upper, heads: Heads, taught: Lessons, recipe: teaching.Recipe
    ) -> None:
        """One round of fine-tuning in place, or what was kept of it."""
        path = self._kept(f"upper_{recipe.seed}.pt")
        if not path.exists():
            if recipe is finetune.FIRST:
                start = self.heads_on(self.views, taught, self.lesson_vectors)
                heads.load_state_dict(start.state_dict())
            vectors = self.lesson_vectors
            course = teaching.Teacher(
                taught, self.prior, lambda rows: rows, lambda rows: vectors[rows], recipe
            )
            finetune.run(upper, heads, course, self.views, path.with_suffix(".checkpoint"))
            torch.save({"tower": upper.tower.state_dict(), "heads": heads.state_dict()}, path)
        kept = torch.load(path, weights_only=True)
        upper.tower.load_state_dict(kept["tower"])
        heads.load_state_dict(kept["heads"])

    def jointly_trained(self, tower: Any, views: Views) -> Heads:
        """Heads for the features of the views; the text tower learns along in place."""
        path = self._kept("joint_first.pt" if self.held_out else "joint_second.pt")
        taught = self.lessons
        heads = new_heads(START.width, torch.from_numpy(views.clean.pooled))
        if not path.exists():
            ids = student.ids_of(self.tokenizer, taught.texts.all())
            heads = self.heads_on(views, taught, student.encode_all(tower, ids).clone())
            dice = np.random.default_rng(VIEW_DICE)
            course = teaching.Teacher(
                taught,
                self.prior,
                lambda rows: torch.from_numpy(views.pooled(rows.numpy(), dice)),
                joint.texts_of(tower, ids),
                joint.RECIPE,
            )
            language = joint.keep_language(tower, *self.language)
            joint.run(tower, heads, course, language, path.with_suffix(".checkpoint"))
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
    parser.add_argument("--held-out", action="store_true", help="never teach ten of the concepts")
    given = parser.parse_args()
    torch.manual_seed(0)
    given.cache.mkdir(parents=True, exist_ok=True)
    vocabulary = given.vocabulary or given.material.parent / "vocabulary"
    workshop = Workshop(
        Material(given.material, given.sources), vocabulary, given.cache, given.held_out
    )
    trunk, views = workshop.image_tower()
    tower = workshop.distilled()
    heads = workshop.jointly_trained(tower, views)
    export(workshop, trunk, tower, heads, given.out)
    sizes = {form: _size(given.out / form) for form in ("open_clip", "onnx")}
    print(json.dumps({"written to": str(given.out), "bytes": sizes}), flush=True)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
