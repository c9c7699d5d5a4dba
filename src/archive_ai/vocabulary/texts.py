"""One form for the texts, languages, ids and addresses that vocabularies are made of."""

from __future__ import annotations

import re
import unicodedata

UNKNOWN_LANGUAGE = "und"
"""ISO 639-2: undetermined; for texts that do not say their language."""

_LANGUAGE = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*")
# What RFC 3987 keeps out of an address in every place.
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20\s<>\"{}|\\^`]+")
_ID = re.compile(r"[^\x00-\x20\s<>\"{}|\\^`/#]+")
_NAME = re.compile(r"\w[\w.-]*")
# Neither has a place in XML; unpaired surrogates cannot even be written to a file.
_NONCHARACTERS = {"\ufffe", "\uffff"}


def one_line(text: str) -> str:
    """Return ``text`` in Unicode's composed form (NFC) on one line, with single spaces."""
    kept = (
        " " if unicodedata.category(c) == "Cc" else c
        for c in text
        if unicodedata.category(c) != "Cs" and c not in _NONCHARACTERS
    )
    return unicodedata.normalize("NFC", " ".join("".join(kept).split()))


def is_language(tag: str) -> bool:
    """Tell whether ``tag`` is a language tag in lower case (BCP 47): de, de-at, und."""
    return _LANGUAGE.fullmatch(tag) is not None


def is_address(uri: str) -> bool:
    """Tell whether ``uri`` is an absolute address without characters that none may have."""
    return _ADDRESS.fullmatch(uri) is not None


def is_id(text: str) -> bool:
    """Tell whether ``text`` can be the last part of an address."""
    return _ID.fullmatch(text) is not None


def is_name(text: str) -> bool:
    """Tell whether ``text`` can name a scheme: letters, digits, hyphens, dots, underscores."""
    return _NAME.fullmatch(text) is not None


def last_part(uri: str) -> str:
    """Return what follows the last slash or hash of an address; those at its end are passed."""
    return re.split(r"[/#]", uri.rstrip("/#"))[-1]


def neighbour(uri: str, id_: str) -> str:
    """Return the address that differs from ``uri`` in its last part only."""
    whole = uri.rstrip("/#")
    return whole[: len(whole) - len(last_part(uri))] + id_
