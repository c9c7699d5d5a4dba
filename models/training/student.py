"""The text tower: a small native open_clip TextTransformer and how it starts and runs.

It starts as a bag of words: every piece's embedding is the teacher's vector of that piece,
and the last attention takes their mean. Distillation (`distil`) teaches it the rest.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from open_clip.transformer import TextTransformer
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

import teacher
import words
from tokenizer import CONTEXT_LENGTH, EOS_ID, PAD_ID

WIDTH, HEADS, LAYERS, MLP_RATIO = 384, 6, 2, 4.0
SPECIAL = 4  # pad, start, end, unknown: pieces without a meaning
QUIET = 0.1  # how softly the untrained parts start

Ids = npt.NDArray[np.int64]


def new_tower(vocabulary: int, output: int = teacher.WIDTH) -> Any:
    """An untrained tower: ids [N, L] to vectors [N, output]."""
    return TextTransformer(
        context_length=CONTEXT_LENGTH,
        vocab_size=vocabulary,
        width=WIDTH,
        heads=HEADS,
        layers=LAYERS,
        mlp_ratio=MLP_RATIO,
        output_dim=output,
        pad_id=PAD_ID,
        eos_id=EOS_ID,
        pool_type="eos",
        proj_bias=True,
    )


def ids_of(tokenizer: Tokenizer, texts: list[str]) -> Ids:
    """Token ids [N, 32], padded and cut as the tokenizer says."""
    return np.array([e.ids for e in tokenizer.encode_batch(texts)], dtype=np.int64)


def piece_vectors(tokenizer: Tokenizer, path: Path) -> npt.NDArray[np.float16]:
    """The teacher's vector of every piece, in its best spelling, [V, 512]."""
    tokens = [str(tokenizer.id_to_token(i)) for i in range(tokenizer.get_vocab_size())]
    pieces = [token.replace("▁", "") for token in tokens]
    texts = [teacher.best_spelling(*words.unfolded(piece)) if piece else " " for piece in pieces]
    return teacher.cached_vectors(texts, path)


def start_from(tower: Any, vectors: npt.NDArray[np.float16]) -> None:
    """Make the untrained tower the mean of its pieces' vectors, seen through their PCA."""
    rows = torch.from_numpy(vectors.astype(np.float32))
    centre = rows[SPECIAL:].mean(dim=0)
    _, _, axes = torch.linalg.svd(rows[SPECIAL::3] - centre, full_matrices=False)
    basis = axes[:WIDTH]
    with torch.no_grad():
        start = (rows - centre) @ basis.T
        start[:SPECIAL] = 0.01 * torch.randn(SPECIAL, WIDTH)
        tower.token_embedding.weight.copy_(start)
        tower.positional_embedding.mul_(QUIET)
        scale = start[SPECIAL:].std(dim=0)
        for block in tower.transformer.resblocks:
            block.mlp.c_proj.weight.mul_(QUIET)
            block.attn.out_proj.weight.mul_(QUIET)
        last = tower.transformer.resblocks[-1]
        last.attn.in_proj_weight[: 2 * WIDTH].mul_(QUIET)
        last.attn.in_proj_weight[2 * WIDTH :].copy_(torch.eye(WIDTH))
        last.attn.out_proj.weight.copy_(torch.eye(WIDTH))
        tower.text_projection.weight.copy_(basis.T * scale.mean())
        tower.text_projection.bias.copy_(centre)


def encode(tower: Any, ids: Tensor) -> Tensor:
    """The tower's own answer [N, output] for ids [N, l], l up to 32, at the least cost.

    Short batches are cut short, and the last block is computed for the end token alone;
    neither changes the result of `tower(ids)`.
    """
    length = ids.shape[1]
    hidden = tower.token_embedding(ids) + tower.positional_embedding[:length]
    mask = tower.attn_mask[:length, :length]
    *lower, last = tower.transformer.resblocks
    for block in lower:
        hidden = block(hidden, attn_mask=mask)
    end = (ids == EOS_ID).int().argmax(dim=1)
    rows = torch.arange(len(ids))
    pooled = hidden[rows, end] + _attend_from(last, hidden, end)
    pooled = pooled + last.mlp(last.ln_2(pooled))
    projected: Tensor = tower.text_projection(tower.ln_final(pooled))
    return projected


def _attend_from(block: Any, hidden: Tensor, end: Tensor) -> Tensor:
    """Attention of a block, asked from one position of each row: [N, width]."""
    count, length, width = hidden.shape
    normed = block.ln_1(hidden)
    weight, bias = block.attn.in_proj_weight, block.attn.in_proj_bias
    rows = torch.arange(count)
    query = functional.linear(normed[rows, end], weight[:width], bias[:width])
    both = functional.linear(normed, weight[width:], bias[width:])
    key, value = both.view(count, length, 2, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
    query = query.view(count, HEADS, 1, width // HEADS)
    seen = torch.arange(length)[None, :] <= end[:, None]
    attended = functional.scaled_dot_product_attention(
        query, key, value, attn_mask=seen[:, None, None, :]
    )
    projected: Tensor = block.attn.out_proj(attended.reshape(count, width))
    return projected


def encode_all(tower: nn.Module, ids: Ids, batch: int = 1024) -> Tensor:
    """Vectors of many texts, without gradients, each batch cut to its longest text."""
    parts = []
    with torch.inference_mode():
        for start in range(0, len(ids), batch):
            rows = torch.from_numpy(ids[start : start + batch])
            longest = int((rows != PAD_ID).sum(dim=1).max())
            parts.append(encode(tower, rows[:, :longest]).float())
    return torch.cat(parts)


def level(tower: Any, ids: Ids) -> None:
    """Scale the tower's answers to a mean length of one, as the teacher's are."""
    mean = encode_all(tower, ids).norm(dim=1).mean()
    with torch.no_grad():
        tower.text_projection.weight.div_(mean)
        tower.text_projection.bias.div_(mean)
