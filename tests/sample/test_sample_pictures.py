"""Single drawn pictures, as training uses them."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from archive_ai.sample import MOTIFS, draw_picture
from archive_ai.sample.canvas import Canvas
from archive_ai.sample.dice import Dice


@pytest.mark.parametrize("motif", [motif.id for motif in MOTIFS])
def test_every_motif_draws_small_and_repeatably(motif: str) -> None:
    image, german, english = draw_picture(motif, np.random.default_rng(5), 160)
    again, *_ = draw_picture(motif, np.random.default_rng(5), 160)
    other, *_ = draw_picture(motif, np.random.default_rng(6), 160)
    assert image.mode == "RGB"
    assert image.tobytes() == again.tobytes()
    assert image.tobytes() != other.tobytes()
    assert german.endswith(".")
    assert english.endswith(".")


def test_pictures_are_not_flat() -> None:
    for motif in MOTIFS:
        image, *_ = draw_picture(motif.id, np.random.default_rng(8), 160)
        grey = np.asarray(image.convert("L"), dtype=np.float32)
        assert grey.std() > 10, motif.id


def test_motif_table_names_everything_in_both_languages() -> None:
    assert len({motif.id for motif in MOTIFS}) == len(MOTIFS) >= 24
    for motif in MOTIFS:
        names = (motif.label_de, motif.label_en, motif.query_de, motif.query_en)
        assert all(names), motif.id


def test_unknown_motif_is_refused() -> None:
    with pytest.raises(KeyError):
        draw_picture("unicorn", np.random.default_rng(1))


def test_umlauts_have_their_dots() -> None:
    with_dots, without = (Canvas((200, 100), Dice(np.random.default_rng(1))) for _ in range(2))
    with_dots.text((10, 20), "Böckingen", 30, (0, 0, 0))
    without.text((10, 20), "Bockingen", 30, (0, 0, 0))
    assert with_dots.image.tobytes() != without.image.tobytes()


def test_the_list_of_motifs_needs_no_drawing_library() -> None:
    code = (
        "import sys, archive_ai.sample as sample; assert sample.MOTIFS; "
        "sys.exit(int('PIL' in sys.modules or 'numpy' in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("seed", [3, 8, 28])
def test_what_reaches_over_the_edge_leaves_room_for_people(seed: int) -> None:
    """These seeds once turned the span beside a fountain round, and nothing was drawn."""
    image, _, _ = draw_picture("fountain", np.random.default_rng([seed, 1, 7]), 192)
    assert min(image.size) > 100
