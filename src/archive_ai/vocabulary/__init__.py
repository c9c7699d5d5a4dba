"""Vocabularies: reading and writing them, what no machine may tag, and what no archive holds.

The RDF formats need rdflib; it is loaded when such a file is read or written, so that the import
of this package stays light.
"""

from archive_ai.vocabulary.background import read_background_queries
from archive_ai.vocabulary.denying import (
    Denied,
    DenyEntry,
    DenyList,
    Offence,
    check_denied,
    machine_taggable,
    read_deny_list,
)
from archive_ai.vocabulary.diffing import Change, SchemeDiff, diff_schemes
from archive_ai.vocabulary.faults import Fault
from archive_ai.vocabulary.formats import Format
from archive_ai.vocabulary.reading import check_scheme, read_scheme
from archive_ai.vocabulary.replacing import successors
from archive_ai.vocabulary.writing import scheme_text, write_scheme

__all__ = [
    "Change",
    "Denied",
    "DenyEntry",
    "DenyList",
    "Fault",
    "Format",
    "Offence",
    "SchemeDiff",
    "check_denied",
    "check_scheme",
    "diff_schemes",
    "machine_taggable",
    "read_background_queries",
    "read_deny_list",
    "read_scheme",
    "scheme_text",
    "successors",
    "write_scheme",
]
