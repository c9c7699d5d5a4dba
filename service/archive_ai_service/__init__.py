"""The web door: the API under ``/api/v1`` and a search page, both over ``archive_ai.archive``."""
