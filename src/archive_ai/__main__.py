"""``python -m archive_ai``: the same as ``archive-ai``."""

from archive_ai.cli import main

if __name__ == "__main__":
    main()
