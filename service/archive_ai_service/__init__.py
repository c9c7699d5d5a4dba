"""The web door: the API under ``/api/v1`` and the page, both over ``archive_ai.archive``."""
