"""What all tables of the catalogue are parts of."""

from __future__ import annotations

from sqlalchemy import MetaData

metadata = MetaData()
