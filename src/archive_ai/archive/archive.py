"""The archive: one folder, opened; its methods join the parts and do nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from archive_ai import __version__
from archive_ai.archive.approximating import approximate
from archive_ai.archive.browsing import Browsing
from archive_ai.archive.citing import Citing
from archive_ai.archive.concepts import CurrentLabels
from archive_ai.archive.cropping import Cropping
from archive_ai.archive.dating import Dating
from archive_ai.archive.describing import Describing
from archive_ai.archive.duplicates import Duplicates
from archive_ai.archive.explaining import Explaining, Explanation
from archive_ai.archive.exporting import Exporting
from archive_ai.archive.folder import Folder
from archive_ai.archive.generation import OpenGeneration
from archive_ai.archive.indexing import Indexing
from archive_ai.archive.jobs import JobQueue
from archive_ai.archive.judging import judge_tags
from archive_ai.archive.learning import Teaching
from archive_ai.archive.map_points import MapPoints
from archive_ai.archive.mapping import ArchiveMap
from archive_ai.archive.opening import Opener
from archive_ai.archive.operating import Operating
from archive_ai.archive.overview import Overview
from archive_ai.archive.questions import Questions, Sent
from archive_ai.archive.queues import Queues
from archive_ai.archive.reviewing import Reviewing
from archive_ai.archive.scoring import Scoring
from archive_ai.archive.searching import Asking, Searching
from archive_ai.archive.sent import SentReader
from archive_ai.archive.sheets import write_contact_sheet
from archive_ai.archive.tagging import Tagging
from archive_ai.archive.thumbnails import THUMBNAIL_SIZES, Thumbnail, Thumbnails
from archive_ai.archive.tiles import Tiles
from archive_ai.archive.tokens import Tokens
from archive_ai.archive.viewing import View
from archive_ai.archive.vocabularies import Vocabularies
from archive_ai.archive.wording import Wording
from archive_ai.catalogue.database import HEAD, open_database, prepare, revision
from archive_ai.catalogue.decisions import Decisions
from archive_ai.catalogue.facets import FacetCounts
from archive_ai.catalogue.files import Files
from archive_ai.catalogue.fulltext import FullText
from archive_ai.catalogue.generations import Generations
from archive_ai.catalogue.jobs import Jobs
from archive_ai.catalogue.learning import Learning
from archive_ai.catalogue.map_values import PhotosByValue
from archive_ai.catalogue.measures import MeasureCatalogue
from archive_ai.catalogue.operations import Operations
from archive_ai.catalogue.photo_values import PhotoValues
from archive_ai.catalogue.photos import Photos
from archive_ai.catalogue.places import PhotoPlaces
from archive_ai.catalogue.records import Records
from archive_ai.catalogue.runs import Runs
from archive_ai.catalogue.saved_queries import SavedQueries
from archive_ai.catalogue.schemes import Schemes
from archive_ai.catalogue.seen_places import SeenPlaces
from archive_ai.catalogue.selecting import Selecting
from archive_ai.catalogue.tag_values import TagValues
from archive_ai.catalogue.tagged import Tagged
from archive_ai.catalogue.tags import Tags
from archive_ai.catalogue.tokens import Tokens as TokenCatalogue
from archive_ai.catalogue.visibility import Gate
from archive_ai.catalogue.visible_counts import VisibleCounts
from archive_ai.domain import (
    ClosureRules,
    Failure,
    IndexReport,
    PhotoDetails,
    PhotoId,
    Problem,
    Query,
    ReportProgress,
    SearchResult,
    Tag,
    TaggingRun,
    Viewer,
    silent,
)
from archive_ai.encoders.opening import open_encoder
from archive_ai.errors import ArchiveDamaged, UnknownPhoto
from archive_ai.evaluation import TagReport
from archive_ai.images import Form, PictureReader
from archive_ai.indexing.discover import require
from archive_ai.language import Analysis
from archive_ai.ports import Encoder
from archive_ai.settings import BUNDLED_MODEL, Settings, bundled


class Archive:
    """One archive. Methods may be called from several threads; one process writes at a time."""

    def __init__(self, settings: Settings) -> None:
        """Use :meth:`open` or :meth:`create`."""
        self.settings = settings
        self._folder = Folder(settings.archive)
        self._engine = open_database(self._folder.catalogue)
        language = Analysis(bundled("language") / "german.toml")
        rules = ClosureRules(settings.closure_years, settings.unknown_date_closed)
        self._files = Files(self._engine, language, rules)
        self._photos = Photos(self._engine)
        self._generations = Generations(self._engine)
        self._tags = Tags(self._engine)
        self._gate = Gate(self._engine, rules)
        self._visible, facets = _counts(self._engine, self._gate)
        schemes = Schemes(self._engine)
        self._reader = PictureReader()
        self.sent_reader = SentReader(settings)
        self._thumbnails = Thumbnails(self._folder.thumbnails, self._files)
        cached = settings.tile_cache_megabytes
        self.tiles = Tiles(self._folder.thumbnails, self._files, self._photos, cached)
        self._opener = Opener(settings, self._folder, self._generations)
        records = Records(self._engine, language, rules)
        self.describing = Describing(self._folder, records, settings.person)
        measures = MeasureCatalogue(self._engine)
        self.duplicates = Duplicates(self._folder, self._opener, measures, self._photos, self._gate)
        self.vocabularies = Vocabularies(self._folder, schemes)
        self._labels = CurrentLabels(self.vocabularies)
        self._selecting = Selecting(self._engine, self._gate, self._visible)
        self.searching = self._searching(language, facets)
        self.map = ArchiveMap(self._folder, self._opener)
        kinds = (PhotosByValue(self._engine), self._labels)
        self.map_points = MapPoints(self.map, self._opener, self._selecting, *kinds)
        self.citing = Citing(self.searching, SavedQueries(self._engine), self._gate)
        self.browsing = Browsing(self._engine, self._gate, self._visible, self.vocabularies)
        self.cropping = Cropping(self._opener, self._photos, self._files)
        decisions, learning = Decisions(self._engine), Learning(self._engine)
        self._scoring = scoring = Scoring(self._opener, self.vocabularies, learning, decisions)
        self.tagging = Tagging(
            self._folder, scoring, Runs(self._engine), self.vocabularies, measures
        )
        self.reviewing = Reviewing(self._photos, decisions, schemes, self.vocabularies)
        self.queues = Queues(scoring, self.vocabularies, decisions, self._photos, measures)
        self._explaining = Explaining(
            scoring, self.vocabularies, decisions, learning, self._photos, measures
        )
        self.exporting = Exporting(self._tags, self._photos, scoring)
        self.dating = Dating(self._folder, self._opener, learning, self._photos, self.reviewing)
        self.tokens = Tokens(TokenCatalogue(self._engine), settings.session_hours)
        where = (self._folder, self._opener, self._generations)
        self.operating = Operating(*where, Operations(self._engine), self.searching)
        self.jobs = JobQueue(self._folder, Jobs(self._engine))
        catalogue = (self._photos, self._files, self._generations, self._visible)
        self._overview = Overview(self._engine, self._folder, *catalogue, self.tagging, self.jobs)
        self.teaching = Teaching(self._folder, scoring, self.vocabularies, decisions, learning)
        parts = (self._files, self._reader, settings.workers)
        self._indexing = Indexing(*where, *parts, self._derive)

    def _searching(self, language: Analysis, counts: FacetCounts) -> Searching:
        labels = self._labels
        full_text, tagged = FullText(self._engine, language), Tagged(self._engine)
        questions = Questions(
            self._opener,
            self._photos,
            self._selecting,
            labels,
            Wording(full_text, tagged, labels, language, self._gate),
            self.duplicates,
            self._reader,
        )
        return Searching(questions, self._photos, labels, counts)

    @classmethod
    def open(cls, settings: Settings) -> Archive:
        """Open an archive that is there; raise ArchiveMissing, -TooNew or -Damaged."""
        folder = Folder(settings.archive)
        folder.check()
        archive = cls(settings)
        found = revision(archive._engine)
        if found is None and folder.has_vectors():
            raise ArchiveDamaged(
                f"{folder.catalogue} is gone or empty, although there are vectors.",
                "Restore catalogue.sqlite from a backup; nothing was changed.",
            )
        if found != HEAD:
            with folder.writing():
                prepare(archive._engine, folder.catalogue)
        return archive

    @classmethod
    def create(cls, settings: Settings, paths: Sequence[Path] = ()) -> Archive:
        """Open the archive, or make one where there is none, to index ``paths`` with.

        Nothing is made if a path is missing or the model cannot be opened.
        """
        require(paths)
        folder = Folder(settings.archive)
        if not folder.exists():
            open_encoder(settings.model or BUNDLED_MODEL, bundled("models"))
            folder.create()
        return cls.open(settings)

    def close(self) -> None:
        """Let go of the catalogue and end the processes."""
        self.sent_reader.close()
        self._engine.dispose()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def seen_by(self, viewer: Viewer) -> View:
        """Return the archive as ``viewer`` may see it; nothing else leaves over the network."""
        return View(self, self._gate, self._visible, viewer)

    def index(
        self,
        paths: Sequence[Path],
        collection: str = "",
        checksum: bool = False,
        report: ReportProgress = silent,
    ) -> IndexReport:
        """Index files and folders with the chosen model; see :func:`archive_ai.indexing.run.index`.

        Raises PathMissing, ArchiveLocked, UnknownModel, ModelUnusable or MissingExtra before
        anything is written.
        """
        return self._indexing.index(paths, collection, checksum, report)

    def _derive(self, opened: OpenGeneration, encoder: Encoder) -> None:
        self.duplicates.refresh(opened)
        self.map.refresh(opened)
        approximate(self._folder, opened, encoder, self.settings.approximate_from)

    def search(self, text: str, limit: int = 20, cursor: str = "") -> SearchResult:
        """Find photos by what somebody typed: see :meth:`Searching.words`."""
        return self.searching.words(text, Asking(limit=limit, cursor=cursor))

    def similar(self, photo: str, page: int = 1, limit: int = 20) -> SearchResult:
        """Find photos like one: see :meth:`Searching.similar`."""
        return self.searching.similar(photo, page, Asking(limit=limit))

    def search_picture(self, path: Path, name: str, limit: int = 20) -> SearchResult:
        """Find photos like a picture that somebody sent: see :mod:`archive_ai.archive.sent`."""
        sent = [Sent(path, name)]
        return self.searching.ask(Query(), Asking(limit=limit), sent, self.sent_reader)

    def tag(self, concept: str = "", report: ReportProgress = silent) -> TaggingRun:
        """Suggest the starter vocabulary's concepts (or one) for every photo, and apply the run."""
        return self.tagging.tag(concept, report=report, apply=True).run

    def tags(self, photos: Sequence[PhotoId]) -> dict[PhotoId, list[Tag]]:
        """Return the tags of each photo, best first."""
        return dict(self._tags.of(photos))

    def runs(self) -> list[TaggingRun]:
        """Return every tagging run, the newest first."""
        return self.tagging.all()

    def photo(self, photo: str, page: int = 1) -> PhotoDetails:
        """Return a photo by id or path; raise UnknownPhoto."""
        found = self.searching.find(photo, page)
        if found is None:
            raise _unknown(photo)
        tags = self._tags.of([found.id]).get(found.id, [])
        records = self.describing.of([found.id]).get(found.id, [])
        return PhotoDetails(found, self._photos.paths(found.id), tags, records)

    def explain(self, photo: str, concept: str, page: int = 1, scheme: str = "") -> Explanation:
        """Say why a concept is, or is not, suggested for a photo, given by id or path."""
        found = self.searching.find(photo, page)
        if found is None:
            raise _unknown(photo)
        return self._explaining.explain(found, concept, scheme)

    def judge_tags(self, table: Path, scheme: str = "", complete: bool = True) -> TagReport:
        """Judge tags by a table: see :func:`archive_ai.archive.judging.judge_tags`."""

        def find(name: str, folder: Path) -> PhotoId | None:
            return self.reviewing.find(name, 1, folder)

        return judge_tags(table, self._scoring, find, scheme, complete)

    def thumbnail(self, photo: str, size: int = THUMBNAIL_SIZES[1]) -> bytes:
        """Return a JPEG of at most ``size`` pixels a side; made once, then kept.

        Raises UnknownPhoto, UsageError for a size that is not offered, UnreadablePicture.
        """
        found = self.searching.find(photo, 1)
        if found is None:
            raise _unknown(photo)
        return self._thumbnails.get(found, size).read()

    def picture(self, photo: PhotoId, size: int, form: Form) -> Thumbnail:
        """Return a small picture as ``form``; raise as :meth:`thumbnail` does."""
        found = self._photos.get(photo)
        if found is None:
            raise _unknown(photo)
        return self._thumbnails.get(found, size, form)

    def write_sheet(
        self, path: Path, title: str, answers: Sequence[tuple[str, SearchResult]]
    ) -> None:
        """Write a contact sheet: see :func:`archive_ai.archive.sheets.write_contact_sheet`."""
        write_contact_sheet(self, path, title, answers)

    def holdings(self) -> tuple[int, str] | None:
        """Return how many vectors answer and their model's name, without counting anything."""
        return self._overview.holdings()

    def status(self) -> dict[str, Any]:
        """Return what the archive holds, as the JSON that scripts rely on."""
        return {**self.about(), **self._overview.status(), "map": self.map.figures()}

    def about(self) -> dict[str, str]:
        """Return whose archive it is, and which version of the program answers."""
        return {"institution": self.settings.institution, "version": __version__}

    def failures(self) -> list[Failure]:
        """List the files and pages that could not be used, with causes."""
        return self._files.failures()

    def verify(self) -> tuple[dict[str, int], list[Problem]]:
        """Check the invariants; return what was counted and what does not hold."""
        return self._overview.verify()


def _counts(engine: Engine, gate: Gate) -> tuple[VisibleCounts, FacetCounts]:
    """Make what counts photos; both keep what they count in one place."""
    places = PhotoPlaces(engine)
    values = (PhotoValues(engine, places), TagValues(engine, places))
    return VisibleCounts(*values, SeenPlaces(engine, gate, places)), FacetCounts(*values)


def _unknown(photo: str) -> UnknownPhoto:
    return UnknownPhoto(
        f"This archive holds no photo {photo}.",
        "Give an id from a search, or a path that was indexed.",
    )
