"""What is measured: how well a model finds, names and tags what people have described."""

from archive_ai.evaluation.embedding import Embedded, embed_pictures
from archive_ai.evaluation.plots import draw_precision_recall, draw_reliability
from archive_ai.evaluation.retrieval import RetrievalReport, evaluate_retrieval
from archive_ai.evaluation.tag_truth import ScoredTags, scored_tags
from archive_ai.evaluation.tags import ConceptFigures, TagReport, evaluate_tags
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
    "ConceptFigures",
    "Embedded",
    "RetrievalReport",
    "ScoredTags",
    "Summary",
    "TagReport",
    "ZeroShotReport",
    "draw_precision_recall",
    "draw_reliability",
    "embed_pictures",
    "evaluate_retrieval",
    "evaluate_tags",
    "evaluate_zero_shot",
    "scored_tags",
]
