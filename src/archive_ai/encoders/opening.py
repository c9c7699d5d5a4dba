"""From a model reference to an encoder.

A reference is a bundled model's name, ``local-dir:FOLDER`` (a folder with ONNX files and
``encoder.json``, or with ``open_clip_config.json``), ``hf-hub:OWNER/NAME``, or an open_clip
architecture with its pretrained tag: ``ViT-B-32/laion2b_s34b_b79k``.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from archive_ai.errors import MissingExtra, ModelUnusable, UnknownModel
from archive_ai.ports import Encoder

RUNTIMES = {
    "onnx": "archive_ai.encoders.onnx:open_onnx",
    "open_clip": "archive_ai.encoders.openclip:open_openclip",
}
"""Runtime → what opens a reference with it; a module is imported only when it is asked for."""

LOCAL = "local-dir:"
HUB = "hf-hub:"


def bundled_models(bundled: Path) -> list[str]:
    """Return the names of the models in the folder ``bundled``."""
    return sorted(path.parents[1].name for path in bundled.glob("*/onnx/encoder.json"))


def folder_of(reference: str) -> Path | None:
    """Return the folder that a reference names; None where it names none."""
    if not reference.startswith(LOCAL):
        return None
    return Path(reference.removeprefix(LOCAL)).expanduser()


def opens_without_torch(reference: str, bundled: Path) -> bool:
    """Tell whether a model is opened from ONNX files, which takes little until it is used."""
    folder = folder_of(reference)
    if folder is not None:
        return (folder / "encoder.json").is_file()
    return reference in bundled_models(bundled)


def open_encoder(reference: str, bundled: Path, workers: int = 1) -> Encoder:
    """Open the encoder that ``reference`` names.

    ``bundled`` is the folder of bundled models; ``workers`` is how many threads will call it at
    once. ONNX Runtime then gives each call one thread; torch gives them all to one call at a time.
    Raises UnknownModel, ModelUnusable, or MissingExtra when it takes torch and there is none.
    """
    folder = folder_of(reference)
    if folder is not None:
        if not folder.is_dir():
            raise ModelUnusable(f"There is no model folder {folder}.", "Check the path.")
        reference = f"{LOCAL}{folder.resolve()}"
        runtime = "onnx" if (folder / "encoder.json").is_file() else "open_clip"
        return _open(runtime, reference, folder.resolve(), workers)
    if "/" not in reference and (bundled / reference / "onnx" / "encoder.json").is_file():
        return _open("onnx", reference, bundled / reference / "onnx", workers)
    if "/" not in reference:
        names = bundled_models(bundled)
        raise UnknownModel(
            f"There is no model named {reference}.",
            f"Known here: {', '.join(names)}; or name an open_clip model with its pretrained "
            "tag, as in ViT-B-32/laion2b_s34b_b79k, or local-dir:FOLDER.",
        )
    return _open("open_clip", reference, Path(), workers)


def _open(runtime: str, reference: str, folder: Path, workers: int) -> Encoder:
    if runtime == "open_clip" and not (find_spec("torch") and find_spec("open_clip")):
        raise MissingExtra(
            f"The model {reference} needs torch, which this installation does not have.",
            "Install it with: pip install 'archive-ai[torch]'.",
        )
    module, function = RUNTIMES[runtime].split(":")
    encoder: Encoder = getattr(import_module(module), function)(reference, folder, workers)
    return encoder
