"""How a catalogue of an older format becomes one of the newest: see Alembic."""
