"""HTML that cannot be broken out of: every text and attribute is escaped, only Markup is not."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

VOID = frozenset({"input", "img", "link", "meta", "br", "hr"})


class Markup(str):
    """Text that is HTML already; made by :func:`element` and :func:`joined` alone."""

    __slots__ = ()


def element(name: str, /, *children: str, **attributes: str | bool | int | None) -> Markup:
    """Make an element. Attributes: ``class_``, ``for_``, ``aria_label``; False and None go."""
    shown = "".join(
        f" {_name(key)}" if value is True else f' {_name(key)}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in VOID:
        return Markup(f"<{name}{shown}>")
    return Markup(f"<{name}{shown}>{joined(children)}</{name}>")


def joined(parts: Iterable[str]) -> Markup:
    """Put parts one after the other."""
    return Markup("".join(p if isinstance(p, Markup) else escape(p) for p in parts))


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")
