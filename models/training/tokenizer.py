"""The tokenizer: a Unigram vocabulary for German and English, blind to case and punctuation.

"Kirche", "kirche" and "KIRCHE?" give the same ids, and so do "Straße" and "Strasse", "Brücke"
and "Bruecke", "Café" and "Cafe".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tokenizers import (
    Regex,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
    trainers,
)

from words import FOLDED, Word

PAD, BOS, EOS, UNKNOWN = "<pad>", "<s>", "</s>", "<unk>"
PAD_ID, BOS_ID, EOS_ID = 0, 1, 2
CONTEXT_LENGTH = 32
VOCABULARY = 24_000
REPETITIONS = 40_000  # how often the most frequent word is shown to the trainer


def _empty() -> Tokenizer:
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            *(normalizers.Replace(letter, plain) for letter, plain in FOLDED.items()),
            normalizers.NFD(),
            normalizers.StripAccents(),
            normalizers.Replace(Regex(r"[^\p{L}\p{M}\p{N}]+"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    return tokenizer


def _lines(words: Iterable[Word], texts: Iterable[str]) -> Iterator[str]:
    """Words repeated by the square root of their frequency, then whole texts."""
    for word in words:
        yield " ".join([word.text] * max(1, round(REPETITIONS * word.frequency**0.5 / 10)))
    yield from texts


def train(words: list[Word], texts: list[str], path: Path) -> Tokenizer:
    """A tokenizer made for these words and texts, kept as `path`; made once."""
    if not path.exists():
        tokenizer = _empty()
        trainer = trainers.UnigramTrainer(
            vocab_size=VOCABULARY,
            special_tokens=[PAD, BOS, EOS, UNKNOWN],
            unk_token=UNKNOWN,
            max_piece_length=20,
            show_progress=False,
        )
        tokenizer.train_from_iterator(_lines(words, texts), trainer)
        tokenizer.post_processor = processors.TemplateProcessing(
            single=f"{BOS} $A {EOS}",
            special_tokens=[(BOS, BOS_ID), (EOS, EOS_ID)],
        )
        tokenizer.enable_truncation(CONTEXT_LENGTH)
        tokenizer.enable_padding(length=CONTEXT_LENGTH, pad_id=PAD_ID, pad_token=PAD)
        tokenizer.save(str(path), pretty=False)
    return Tokenizer.from_file(str(path))
