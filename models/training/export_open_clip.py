"""Write the trained parts as a folder that plain open_clip loads by `local-dir:`.

Standardisation of the features is folded into the image projection and the text head into
the text projection, so that no code of ours is needed. Weights are stored as float16;
open_clip copies them into float32.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from open_clip.model import CustomTextCLIP
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch import Tensor

import image_tower
import student
from heads import Heads
from squash import SIZE
from tokenizer import BOS, CONTEXT_LENGTH, EOS, EOS_ID, PAD, PAD_ID, UNKNOWN

NAME = "archive-mini"
WEIGHTS = "open_clip_model.safetensors"


def configuration(width: int, vocabulary: int) -> dict[str, Any]:
    """What open_clip needs to know to build the model."""
    return {
        "model_cfg": {
            "embed_dim": width,
            "custom_text": True,
            "vision_cfg": {
                "timm_model_name": image_tower.ARCHITECTURE,
                "timm_model_pretrained": False,
                "timm_pool": "avg",
                "timm_proj": "linear",
                "timm_proj_bias": True,
                "image_size": SIZE,
            },
            "text_cfg": {
                "context_length": CONTEXT_LENGTH,
                "vocab_size": vocabulary,
                "hf_tokenizer_name": NAME,
                "width": student.WIDTH,
                "heads": student.HEADS,
                "layers": student.LAYERS,
                "mlp_ratio": student.MLP_RATIO,
                "pad_id": PAD_ID,
                "eos_id": EOS_ID,
                "pool_type": "eos",
                "proj_bias": True,
            },
        },
        "preprocess_cfg": {
            "mean": list(image_tower.MEAN),
            "std": list(image_tower.STD),
            "interpolation": "bicubic",
            "resize_mode": "squash",
        },
    }


def assemble(trunk: Any, tower: Any, heads: Heads, vocabulary: int) -> CustomTextCLIP:
    """One open_clip model from the image trunk, the student tower and the heads."""
    width = heads.image.out_features
    model = CustomTextCLIP(**_arguments(configuration(width, vocabulary)["model_cfg"]))
    own = {k: v for k, v in trunk.state_dict().items() if not k.startswith("classifier")}
    model.visual.trunk.load_state_dict(own, strict=True)
    text = {k: v for k, v in tower.state_dict().items() if not k.startswith("text_projection")}
    model.text.load_state_dict(text, strict=False)
    weight, bias = heads.folded_image_head()
    with torch.no_grad():
        model.visual.head.proj.weight.copy_(weight)
        model.visual.head.proj.bias.copy_(bias)
        projection = heads.text.weight @ tower.text_projection.weight
        model.text.text_projection.weight.copy_(projection)
        shift = heads.text.weight @ tower.text_projection.bias + heads.text.bias
        model.text.text_projection.bias.copy_(shift)
        model.logit_scale.copy_(heads.log_scale)
    return model.eval()


def _arguments(model_cfg: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in model_cfg.items() if key != "custom_text"}


def stored(model: CustomTextCLIP) -> dict[str, Tensor]:
    """The weights as they are kept: float16, counters left as they are."""
    return {
        name: (value.half() if value.is_floating_point() else value).contiguous()
        for name, value in model.state_dict().items()
    }


def write(model: CustomTextCLIP, tokenizer: Tokenizer, folder: Path) -> None:
    """Configuration, weights and tokenizer files."""
    folder.mkdir(parents=True, exist_ok=True)
    width = model.visual.head.proj.out_features
    config = configuration(width, tokenizer.get_vocab_size())
    (folder / "open_clip_config.json").write_text(json.dumps(config, indent=2) + "\n", "utf-8")
    save_file(stored(model), folder / WEIGHTS, metadata={"format": "pt"})
    (folder / WEIGHTS).chmod(0o644)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": CONTEXT_LENGTH,
        "bos_token": BOS,
        "eos_token": EOS,
        "pad_token": PAD,
        "unk_token": UNKNOWN,
        "clean_up_tokenization_spaces": False,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n", "utf-8")
