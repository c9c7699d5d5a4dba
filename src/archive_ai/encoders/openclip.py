"""Any open_clip model, on a GPU if there is one. The only module that imports torch."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Literal, cast

import numpy as np
import open_clip
import torch
from numpy.typing import NDArray

from archive_ai.domain import EncoderCard, Preprocessing
from archive_ai.errors import ModelUnusable, UnknownModel

TEXTS_A_CALL = 64
IMAGES_A_CALL = {"cuda": 128, "mps": 32, "cpu": 16}


class OpenClipEncoder:
    """Implements ``ports.Encoder`` with torch; one call at a time, since the device is one."""

    def __init__(self, card: EncoderCard, model: Any, tokenizer: Any, device: str) -> None:
        self._card = card
        self._model = model
        self._tokenizer = tokenizer
        self._device = device
        self._lock = Lock()
        shape = (1, 3, 1, 1)
        settings = card.preprocessing
        self._mean = torch.tensor(settings.mean, device=device).reshape(shape) * 255
        self._std = torch.tensor(settings.std, device=device).reshape(shape) * 255

    @property
    def card(self) -> EncoderCard:
        """What it is."""
        return self._card

    @property
    def batch_size(self) -> int:
        """How many pictures a call should hold on this device."""
        return IMAGES_A_CALL[self._device]

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Encode ``pixels`` (n, size, size, 3), uint8 sRGB, to (n, width) of unit length."""
        parts = []
        with self._lock, torch.inference_mode():
            for start in range(0, len(pixels), self.batch_size):
                batch = torch.from_numpy(pixels[start : start + self.batch_size].copy())
                values = batch.to(self._device).permute(0, 3, 1, 2).float()
                vectors = self._model.encode_image(
                    (values - self._mean) / self._std, normalize=True
                )
                parts.append(vectors.float().cpu().numpy())
        return self._join(parts)

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode n texts to (n, width) of unit length."""
        parts = []
        with self._lock, torch.inference_mode():
            for start in range(0, len(texts), TEXTS_A_CALL):
                tokens = self._tokenizer(list(texts[start : start + TEXTS_A_CALL]))
                vectors = self._model.encode_text(tokens.to(self._device), normalize=True)
                parts.append(vectors.float().cpu().numpy())
        return self._join(parts)

    def _join(self, parts: list[NDArray[np.float32]]) -> NDArray[np.float32]:
        return np.concatenate(parts) if parts else np.empty((0, self._card.width), np.float32)


def open_openclip(reference: str, folder: Path, workers: int) -> OpenClipEncoder:
    """Load ``reference`` with open_clip.

    ``workers`` threads are set for the whole process, as torch has it. Raises UnknownModel if
    open_clip does not know it, ModelUnusable if its weights are not here and cannot be fetched.
    """
    torch.set_num_threads(workers)
    device = _device()
    local = bool(folder.name)
    name, pretrained = (reference, None) if local else _known(reference)
    try:
        model = open_clip.create_model(name, pretrained=pretrained, device=device)
        tokenizer = open_clip.get_tokenizer(name)
    except Exception as error:  # hub, network and file errors of several libraries
        raise ModelUnusable(
            f"The weights of {reference} cannot be loaded ({type(error).__name__}: "
            f"{str(error).splitlines()[0] if str(error) else 'no reason given'}).",
            "Without a network, name a folder that holds the model: local-dir:FOLDER.",
        ) from error
    model.eval()
    return OpenClipEncoder(_card(reference, model, tokenizer), model, tokenizer, device)


def _device() -> str:
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _known(reference: str) -> tuple[str, str | None]:
    """Split ``ARCHITECTURE/TAG``; hub references stay whole."""
    if reference.startswith("hf-hub:"):
        return reference, None
    name, _, tag = reference.rpartition("/")
    if (name, tag) in open_clip.list_pretrained():
        return name, tag
    tags = open_clip.list_pretrained_tags_by_model(name)
    if tags:
        raise UnknownModel(
            f"The model {name} has no pretrained weights named {tag}.",
            f"Known: {', '.join(tags)}.",
        )
    raise UnknownModel(
        f"There is no open_clip model {reference}.",
        "Name one as ARCHITECTURE/TAG, as in ViT-B-32/laion2b_s34b_b79k.",
    )


def _card(reference: str, model: Any, tokenizer: Any) -> EncoderCard:
    settings = open_clip.get_model_preprocess_cfg(model)
    size = settings["size"]
    weights = hashlib.sha256()
    for key, value in sorted(model.state_dict().items()):
        weights.update(key.encode())
        weights.update(value.detach().cpu().contiguous().float().numpy().tobytes())
    resize = cast(Literal["shortest", "squash", "longest"], settings["resize_mode"])
    with torch.inference_mode():
        device = next(model.parameters()).device
        width = int(model.encode_text(tokenizer([""]).to(device)).shape[-1])
    return EncoderCard(
        model=reference,
        name=reference.removeprefix("local-dir:"),
        weights_sha256=weights.hexdigest(),
        runtime="torch",
        width=width,
        preprocessing=Preprocessing(
            size=size if isinstance(size, int) else int(size[0]),
            resize=resize,
            interpolation=settings["interpolation"],
            mean=tuple(settings["mean"]),
            std=tuple(settings["std"]),
            fill=settings["fill_color"],
        ),
        context_length=int(tokenizer.context_length),
    )
