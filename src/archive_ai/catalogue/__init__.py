"""What is known: files, photos, generations, tags, in SQLite through SQLAlchemy Core."""
