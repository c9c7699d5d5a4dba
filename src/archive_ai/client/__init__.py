"""A client of the API in the standard library alone: ``Client("https://archive.example")``.

Answers are the API's JSON, typed in :mod:`archive_ai.client.answers`. Problems are raised as the
errors of :mod:`archive_ai.errors`, by their codes.
"""

from archive_ai.client.client import Client
from archive_ai.client.connection import Refused, Unreachable

__all__ = ["Client", "Refused", "Unreachable"]
