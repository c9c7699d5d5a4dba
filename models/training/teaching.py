"""One training loop for every stage: heads alone, fine-tuned image stages, joint training.

A stage differs only in where picture features and text vectors come from and in which
parameters move. What each part of the loss brings: ../archive-mini/README.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from heads import Heads, contrastive, naming, ranking
from lessons import Lessons, Named, Pairs

LANGUAGES = ("de", "en")
KEEP_EVERY = 20  # steps from checkpoint to checkpoint
PicturesOf = Callable[[Tensor], Tensor]  # picture rows [N] to features [N, 1280]
TextsOf = Callable[[list[int]], Tensor]  # text rows to vectors [M, 512]
Said = tuple[slice, list[int]]  # pictures of a batch and the texts they are compared with


@dataclass(frozen=True)
class Recipe:
    """How many pictures of each kind a step sees, and how strongly each loss counts."""

    width: int = 512
    steps: int = 200
    rate: float = 1e-3
    dropout: float = 0.6
    modern: int = 640
    old: int = 256  # of which no concept is known
    labelled: int = 384
    drawn: int = 0
    old_weight: float = 0.3
    concept_weight: float = 0.5
    ranking_weight: float = 0.2
    drawn_weight: float = 0.1
    prior_weight: float = 0.3
    prior_every: int = 1
    seed: int = 3


@dataclass
class Batch:
    """One step's pictures and texts by row; both are encoded in one go."""

    pictures: list[int] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)

    def show(self, rows: list[int]) -> slice:
        """Append pictures; where they stand in the batch."""
        first = len(self.pictures)
        self.pictures += rows
        return slice(first, len(self.pictures))

    def say(self, rows: list[int]) -> list[int]:
        """Append texts; where they stand in the batch."""
        first = len(self.texts)
        self.texts += rows
        return list(range(first, len(self.texts)))


class Teacher:
    """Draws batches from the lessons and computes the loss of one step."""

    def __init__(
        self,
        lessons: Lessons,
        prior: Tensor,
        pictures_of: PicturesOf,
        texts_of: TextsOf,
        recipe: Recipe,
    ) -> None:
        self.lessons = lessons
        self.prior = prior  # [N, 1000], the classifier's own opinion
        self.pictures_of = pictures_of
        self.texts_of = texts_of
        self.recipe = recipe
        self.dice = np.random.default_rng(recipe.seed)
        self.unlabelled = lessons.unlabelled()
        self.old_captions = dict(zip(lessons.old.pictures, lessons.old.texts, strict=True))

    def loss(self, heads: Heads, step: int) -> Tensor:
        """The weighted sum of all parts for one step; languages take turns for names."""
        recipe, lessons, lang = self.recipe, self.lessons, LANGUAGES[step % 2]
        batch = Batch()
        pairs = [(1.0, self._captions(batch, lessons.modern, recipe.modern))]
        labelled, concepts = self._named(batch, lessons.concepts, lang, recipe.labelled)
        named = [(recipe.concept_weight, labelled, concepts)]
        extra = self._captions(batch, self.unlabelled, recipe.old)
        captions = self._captions_of(batch, batch.pictures[labelled[0]])
        old = (slice(labelled[0].start, extra[0].stop), [*captions, *extra[1]])
        pairs.append((recipe.old_weight, old))
        judged = len(batch.pictures)
        if lessons.drawn is not None and recipe.drawn:
            drawn = self._named(batch, lessons.drawn, lang, recipe.drawn)
            named.append((recipe.drawn_weight, *drawn))
        with_prior = recipe.prior_weight > 0 and step % recipe.prior_every == 0
        classes = batch.say(lessons.classes[lang] if with_prior else [])

        rows = torch.tensor(batch.pictures)
        images = heads.images(self.pictures_of(rows))
        texts = heads.texts(self.texts_of(batch.texts))
        scale = heads.scale()
        total = torch.zeros(())
        for weight, (shown, said) in pairs:
            if shown.stop > shown.start:
                total = total + weight * contrastive(images[shown], texts[said], scale)
        for weight, (shown, said), wanted in named:
            total = total + weight * naming(images[shown], texts[said], wanted, scale)
        names = texts[labelled[1]]
        total = total + recipe.ranking_weight * ranking(images[old[0]], names, concepts, scale)
        if with_prior:
            believed = functional.log_softmax(scale * images[:judged] @ texts[classes].T, dim=1)
            gap = functional.kl_div(believed, self.prior[rows[:judged]], reduction="batchmean")
            total = total + recipe.prior_weight * recipe.prior_every * gap
        return total

    def _captions(self, batch: Batch, pairs: Pairs, size: int) -> Said:
        count = len(pairs.pictures)
        if not count:
            return batch.show([]), batch.say([])
        chosen = self.dice.choice(count, min(size, count), replace=False)
        shown = batch.show([pairs.pictures[i] for i in chosen])
        return shown, batch.say([int(self.dice.choice(pairs.texts[i])) for i in chosen])

    def _captions_of(self, batch: Batch, pictures: list[int]) -> list[int]:
        """Say the captions of old photographs that the batch already shows."""
        return batch.say([int(self.dice.choice(self.old_captions[row])) for row in pictures])

    def _named(self, batch: Batch, named: Named, lang: str, size: int) -> tuple[Said, Tensor]:
        """Pictures with their concepts, and one name of every concept."""
        count = len(named.pictures)
        chosen = self.dice.choice(count, min(size, count), replace=False)
        names = [int(self.dice.choice(rows)) for rows in named.names[lang]]
        wanted = torch.zeros(len(chosen), len(names))
        for position, i in enumerate(chosen):
            wanted[position, named.concepts[i]] = 1.0 / len(set(named.concepts[i]))
        return (batch.show([named.pictures[i] for i in chosen]), batch.say(names)), wanted


@dataclass
class Course:
    """All that moves in a run, and where it is kept so that an interrupted run goes on."""

    heads: Heads
    also: Sequence[tuple[nn.Module, float]]  # further modules, each at its own rate
    optimiser: torch.optim.Optimizer
    cycle: torch.optim.lr_scheduler.OneCycleLR
    checkpoint: Path | None

    def keep(self, step: int) -> None:
        """Write everything that a resumed run needs."""
        if self.checkpoint is not None:
            partial = self.checkpoint.with_suffix(".partial")
            torch.save(
                {
                    "step": step,
                    "heads": self.heads.state_dict(),
                    "also": [module.state_dict() for module, _ in self.also],
                    "optimiser": self.optimiser.state_dict(),
                    "cycle": self.cycle.state_dict(),
                },
                partial,
            )
            partial.replace(self.checkpoint)

    def resume(self) -> int:
        """Take up where a checkpoint left off; the step to go on with."""
        if self.checkpoint is None or not self.checkpoint.exists():
            return 0
        # A scheduler's state holds more than tensors, and the file is our own.
        state = torch.load(self.checkpoint, weights_only=False)
        self.heads.load_state_dict(state["heads"])
        for (module, _), kept in zip(self.also, state["also"], strict=True):
            module.load_state_dict(kept)
        self.optimiser.load_state_dict(state["optimiser"])
        self.cycle.load_state_dict(state["cycle"])
        return int(state["step"])


def train(
    teacher: Teacher,
    heads: Heads,
    also: Sequence[tuple[nn.Module, float]] = (),
    extra_loss: Callable[[], Tensor] | None = None,
    title: str = "heads",
    report: int = 50,
    checkpoint: Path | None = None,
) -> None:
    """One cycle of AdamW over the heads and, each at its own rate, the modules in `also`."""
    recipe = teacher.recipe
    heads.drop.p = recipe.dropout
    groups = [{"params": list(heads.parameters()), "weight_decay": 0.05}]
    groups += [
        {"params": [p for p in module.parameters() if p.requires_grad], "weight_decay": 0.01}
        for module, _ in also
    ]
    rates = [recipe.rate, *[rate for _, rate in also]]
    optimiser = torch.optim.AdamW(groups)
    cycle = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, max_lr=rates, total_steps=recipe.steps, pct_start=0.2
    )
    course = Course(heads, also, optimiser, cycle, checkpoint)
    first = course.resume()
    teacher.dice = np.random.default_rng([recipe.seed, first])
    heads.train()
    shown = []
    for step in range(first, recipe.steps):
        loss = teacher.loss(heads, step)
        if extra_loss is not None:
            loss = loss + extra_loss()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        optimiser.step()
        cycle.step()
        shown.append(loss.item())
        if (step + 1) % report == 0:
            print(f"{title} {step + 1}: loss {np.mean(shown[-report:]):.3f}", flush=True)
        if (step + 1) % KEEP_EVERY == 0:
            course.keep(step + 1)
    heads.eval()
