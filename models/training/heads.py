"""The linear heads that bring pictures and words into one space, and their losses."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

FEATURES, TEXT_WIDTH = 1280, 512


class Heads(nn.Module):
    """A linear layer a side, and the sharpness of the comparison."""

    def __init__(self, width: int, mean: Tensor, spread: Tensor) -> None:
        super().__init__()
        self.mean: Tensor
        self.spread: Tensor
        self.register_buffer("mean", mean)
        self.register_buffer("spread", spread + 1e-3)
        self.image = nn.Linear(FEATURES, width)
        self.text = nn.Linear(TEXT_WIDTH, width)
        self.log_scale = nn.Parameter(torch.tensor(math.log(14.0)))
        self.drop = nn.Dropout(0.5)

    def images(self, features: Tensor) -> Tensor:
        """Features [N, 1280] to unit vectors [N, width]."""
        standard = (features - self.mean) / self.spread
        return functional.normalize(self.image(self.drop(standard)), dim=1)

    def texts(self, vectors: Tensor) -> Tensor:
        """Text vectors [M, 512] to unit vectors [M, width]."""
        return functional.normalize(self.text(vectors), dim=1)

    def scale(self) -> Tensor:
        """Factor of the cosines in every softmax."""
        return self.log_scale.exp().clamp(max=100.0)

    def folded_image_head(self) -> tuple[Tensor, Tensor]:
        """Weight [width, 1280] and bias [width] for features that are not standardised."""
        weight = self.image.weight / self.spread
        return weight.detach(), (self.image.bias - weight @ self.mean).detach()


def new_heads(width: int, features: Tensor) -> Heads:
    """Untrained heads that standardise by these features [N, 1280]."""
    return Heads(width, features.mean(dim=0), features.std(dim=0))


def contrastive(images: Tensor, texts: Tensor, scale: Tensor) -> Tensor:
    """The CLIP loss of unit vectors [N, width] that belong together row by row."""
    logits = scale * images @ texts.T
    target = torch.arange(len(images))
    return 0.5 * (
        functional.cross_entropy(logits, target) + functional.cross_entropy(logits.T, target)
    )


def naming(images: Tensor, names: Tensor, wanted: Tensor, scale: Tensor) -> Tensor:
    """Cross entropy of the softmax over names [K, width] against `wanted` [N, K]."""
    return functional.cross_entropy(scale * images @ names.T, wanted)


def ranking(images: Tensor, names: Tensor, wanted: Tensor, scale: Tensor) -> Tensor:
    """How far pictures that show a concept stand behind the others, by every concept's name.

    The first rows of `images` [N, width] are labelled, `wanted` [M, K] says with what; the
    others show any of it seldom. Each name [K, width] asks for its own pictures: the
    cross entropy of the softmax over pictures, averaged over the concepts at hand.
    """
    mine = wanted > 0
    at_hand = mine.any(dim=0)
    believed = functional.log_softmax(scale * images @ names[at_hand].T, dim=0)[: len(wanted)]
    share = mine[:, at_hand] / mine[:, at_hand].sum(dim=0)
    return -(share * believed).sum(dim=0).mean()


def class_prior(classifier: nn.Linear, features: Tensor) -> Tensor:
    """What the image tower's own classifier makes of each picture: [N, 1000]."""
    with torch.inference_mode():
        return torch.cat([classifier(part).softmax(dim=1) for part in torch.split(features, 4096)])
