"""``archive-ai evaluate``."""

import click


@click.group()
def evaluate() -> None:
    """Measure a model on labelled pictures."""
