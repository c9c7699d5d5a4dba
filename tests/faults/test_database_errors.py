"""What an error of the database says: a log keeps it, so no words of anybody's query."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from archive_ai.catalogue.database import open_database


def test_an_error_names_the_statement_and_not_what_was_in_it(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "x.sqlite")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE word (word TEXT UNIQUE)"))
        add = text("INSERT INTO word VALUES (:word)")
        connection.execute(add, {"word": "Weinberg"})
        with pytest.raises(IntegrityError) as error:
            connection.execute(add, {"word": "Weinberg"})
    engine.dispose()
    assert "INSERT INTO word" in str(error.value)
    assert "Weinberg" not in str(error.value)
