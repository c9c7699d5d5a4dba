"""Searching: a question is encoded, asked of what answers, and judged."""

from __future__ import annotations

from pathlib import Path

from archive_ai.archive.generation import OpenGeneration
from archive_ai.archive.opening import Opener
from archive_ai.catalogue.photos import Photos
from archive_ai.domain import Photo, PhotoId, SearchResult
from archive_ai.errors import NothingIndexed, UnknownPhoto, UsageError
from archive_ai.indexing.discover import absolute, is_plain
from archive_ai.ports import Reader
from archive_ai.searching.rank import Answering, Question, rank

LONGEST_QUERY = 1000


class Searching:
    """Finds photos by words and by pictures."""

    def __init__(self, opener: Opener, photos: Photos, reader: Reader) -> None:
        self._opener = opener
        self._photos = photos
        self._reader = reader

    def words(self, text: str, limit: int = 20) -> SearchResult:
        """Find photos by words.

        Raises UsageError for an empty or overlong text, NothingIndexed before the first run.
        """
        words = " ".join(text.split()).encode("utf-8", "replace").decode()
        if not words or len(words) > LONGEST_QUERY:
            raise UsageError(
                "The query is empty." if not words else f"The query has {len(words)} characters.",
                f"Type one to {LONGEST_QUERY} characters.",
            )
        opened, encoder = self._opener.open()
        question = Question(encoder.encode_texts([words])[0], "words", {"text": words})
        return self._rank(question, opened, limit)

    def similar(self, photo: str, page: int = 1, limit: int = 20) -> SearchResult:
        """Find photos like one: a photo id, a path in the archive, or any picture file.

        The photo itself is left out. Raises UnknownPhoto or UnreadablePicture.
        """
        opened, _ = self._opener.open()
        found = self.find(photo, page)
        if found is not None:
            try:
                vector = opened.index.rows([found.id])[0]
            except KeyError:
                raise NothingIndexed(
                    f"{photo} has no vector in the active generation.",
                    "Index it first: archive-ai index.",
                ) from None
            question = Question(vector, "picture", {"photo": found.id}, leave_out=found.id)
            return self._rank(question, opened, limit)
        path = Path(photo)
        if not _is_file(path):
            raise UnknownPhoto(
                f"{photo} is neither a photo of this archive nor a picture file.",
                "Give an id from a search, a path that was indexed, or any picture file.",
            )
        return self.picture(path, page, path.name, limit)

    def picture(
        self, path: Path, page: int, name: str, limit: int = 20, reader: Reader | None = None
    ) -> SearchResult:
        """Find photos like the picture file at ``path``, which need not be in the archive.

        ``reader`` is the archive's own if none is given.
        """
        opened, encoder = self._opener.open()
        picture = (reader or self._reader).read(path, page, encoder.card.preprocessing)
        vector = encoder.encode_images(picture.pixels[None])[0]
        return self._rank(Question(vector, "picture", {"picture": name}), opened, limit)

    def find(self, photo: str, page: int) -> Photo | None:
        """Return a photo by its id or by a path and page, None if it is not in the catalogue."""
        if not is_plain(Path(photo)):
            return None
        found = self._photos.get(PhotoId(photo))
        return found or self._photos.at(absolute(Path(photo)), page)

    def _rank(self, question: Question, opened: OpenGeneration, limit: int) -> SearchResult:
        if not 1 <= limit <= 1000:
            raise UsageError(f"{limit} hits cannot be asked for.", "Ask for 1 to 1000.")
        answering = Answering(opened.index, opened.background, self._photos)
        return rank(question, answering, limit)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name too long, or with a null character
        return False
