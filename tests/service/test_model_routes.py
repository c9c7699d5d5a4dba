"""Which models are on this machine, and which one answers."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from service_viewers import service_of

from archive_ai.archive import Archive
from archive_ai.domain import Role
from archive_ai.settings import BUNDLED_MODEL

Opening = Callable[..., Archive]
MODELS = "/api/v1/models"


def test_before_anything_is_indexed_there_is_the_bundled_model(open_archive: Opening) -> None:
    with service_of(open_archive(model="")) as client:
        found = client.get(MODELS).json()
    assert (found["active"], found["generations"]) == (None, [])
    (one,) = found["models"]
    assert (one["name"], one["installed"], one["active"]) == (BUNDLED_MODEL, "bundled", False)
    assert one["card"]["fingerprint"] == one["fingerprint"]
    assert one["problem"] == ""


def test_models_and_generations_are_told(
    open_archive: Opening, scans: Path, tiny_model: str, other_model: str
) -> None:
    open_archive().index([scans])
    open_archive(model=other_model).index([scans / "F0"])
    archive = open_archive()
    with service_of(archive) as client:
        found = client.get(MODELS).json()
        status = client.get("/api/v1/status").json()
    assert found["active"] == status["model"]
    tiny, other = (one for one in found["models"] if one["installed"] == "folder")
    assert set(tiny) == {"name", "fingerprint", "card", "active", "installed", "problem"}
    assert (tiny["name"], tiny["active"]) == ("tiny", True)
    assert (other["name"], other["active"]) == ("other", False)
    assert other["card"]["model"] == other_model
    first, second = found["generations"]
    assert first["fingerprint"] == tiny["fingerprint"] == found["active"]["fingerprint"]
    assert second["fingerprint"] == other["fingerprint"]
    assert (first["vectors"], first["active"], first["model"]) == (12, True, "tiny")
    assert (second["vectors"], second["active"], second["model"]) == (6, False, "other")


def test_a_model_that_went_away_is_no_fault_of_the_list(
    open_archive: Opening, scans: Path, tiny_model: str, tmp_path: Path
) -> None:
    copy = tmp_path / "model"
    shutil.copytree(tiny_model.removeprefix("local-dir:"), copy)
    reference = f"local-dir:{copy}"
    open_archive(model=reference).index([scans])
    shutil.rmtree(copy)
    with service_of(open_archive(model="")) as client:
        found = client.get(MODELS).json()
    assert [one["installed"] for one in found["models"]] == ["bundled"]
    assert found["active"]["model"] == reference


@pytest.mark.parametrize("reference", ["local-dir:/nowhere/at all", "nothing-of-that-name"])
def test_a_model_that_was_chosen_and_is_not_there_says_so(
    open_archive: Opening, scans: Path, reference: str
) -> None:
    open_archive().index([scans])
    with service_of(open_archive(model=reference)) as client:
        found = client.get(MODELS).json()
    (one,) = [one for one in found["models"] if one["name"] == reference]
    assert (one["installed"], one["card"], one["fingerprint"]) == (None, None, None)
    assert "no model" in one["problem"]


def test_what_takes_torch_is_not_loaded_for_a_list(open_archive: Opening, scans: Path) -> None:
    open_archive().index([scans])
    with service_of(open_archive(model="ViT-B-32/laion2b_s34b_b79k")) as client:
        found = client.get(MODELS).json()
    (one,) = [one for one in found["models"] if one["installed"] == "open_clip"]
    assert (one["name"], one["card"]) == ("ViT-B-32/laion2b_s34b_b79k", None)


@pytest.mark.parametrize("role", [Role.READER, Role.ARCHIVIST])
def test_models_are_for_admins(open_archive: Opening, role: Role) -> None:
    with service_of(open_archive(), role) as client:
        assert client.get(MODELS).status_code == 403
