"""What is measured: how well a model finds and names pictures that people have described."""

from archive_ai.evaluation.embedding import Embedded, embed_pictures
from archive_ai.evaluation.retrieval import RetrievalReport, evaluate_retrieval
from archive_ai.evaluation.zero_shot import (
    MINIMUM,
    TEMPLATES,
    ClassFigures,
    Summary,
    ZeroShotReport,
    evaluate_zero_shot,
)

__all__ = [
    "MINIMUM",
    "TEMPLATES",
    "ClassFigures",
    "Embedded",
    "RetrievalReport",
    "Summary",
    "ZeroShotReport",
    "embed_pictures",
    "evaluate_retrieval",
    "evaluate_zero_shot",
]
