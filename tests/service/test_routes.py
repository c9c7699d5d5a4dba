"""Every route answers, in the shapes of the command line."""

from __future__ import annotations
