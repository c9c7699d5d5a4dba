"""The map: points for all photos that the caller may see, by which alike pictures are near."""

from __future__ import annotations

from base64 import b64encode
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from archive_ai.archive import MAP_KINDS
from archive_ai.domain import Legend, ListedPhoto, MapValues, SeenMap
from archive_ai_service.access import Seen
from archive_ai_service.caching import NOT_MODIFIED, kept_by
from archive_ai_service.pictures import ASK_AGAIN
from archive_ai_service.problems import possible
from archive_ai_service.routes.browse import ListedPhotoAnswer

router = APIRouter(prefix="/map", tags=["map"])

BYTES = "application/octet-stream"
MOST_POINTS = 10_000

_VERSION = "0123456789abcdef0123456789abcdef"
_MAP: dict[str, JsonValue] = {
    "points": 18400,
    "version": _VERSION,
    "generation": 1,
    "drawn_at": "2026-11-25T16:00:00+00:00",
    "placed": 0.4565,
    "unplaced": 0,
    "stale": False,
    "bounds": [-0.98, -0.71, 0.98, 0.72],
    "colours": ["collection", "decade", "colour"],
}
_VALUES: dict[str, JsonValue] = {
    "version": _VERSION,
    "by": "decade",
    "legend": [
        {"value": 0, "label": {"de": "1930er", "en": "1930s"}, "photos": 2},
        {"value": 1, "label": {"de": "ohne Datum", "en": "no date"}, "photos": 1},
    ],
    "values": "AAEA",
}
_PHOTO: dict[str, JsonValue] = {
    "point": 17,
    "photo": "p_abcdefghijklmnopqrst",
    "path": "/scans/F001/F001N_0001.tif",
    "page": 1,
    "width": 4800,
    "height": 3600,
    "format": "tiff",
    "collections": ["Postkarten"],
}


class MapAnswer(BaseModel):
    """What there is of a map. Points are numbered from 0 by the ids of their photos."""

    model_config = ConfigDict(json_schema_extra={"examples": [_MAP]})

    points: int = Field(description="how many points the caller may see")
    version: str = Field(description="numbers of points mean the same where this is the same")
    generation: int = Field(description="the generation of vectors it was drawn from")
    drawn_at: str
    placed: float = Field(description="the share of points that no layout was learned from")
    unplaced: int = Field(description="photos that may be seen and have no point")
    stale: bool = Field(description="most points came after it was drawn: draw it anew")
    bounds: tuple[float, float, float, float] = Field(
        description="x0, y0, x1, y1 of the points; all lie in [-1, 1]"
    )
    colours: list[str] = Field(description="what points can be coloured by, beside tag:CONCEPT")

    @classmethod
    def of(cls, seen: SeenMap) -> MapAnswer:
        """Show a map."""
        return cls(
            points=len(seen.photos),
            version=seen.version,
            generation=seen.generation,
            drawn_at=seen.drawn_at,
            placed=seen.placed,
            unplaced=seen.unplaced,
            stale=seen.stale,
            bounds=seen.bounds,
            colours=list(MAP_KINDS),
        )


class MapValueAnswer(BaseModel):
    """One entry of a legend."""

    value: int
    label: dict[str, str] = Field(description="by language: de, en")
    photos: int = Field(description="how many points have it")


class MapValuesAnswer(BaseModel):
    """What every point is coloured by."""

    model_config = ConfigDict(json_schema_extra={"examples": [_VALUES]})

    version: str
    by: str
    legend: list[MapValueAnswer] = Field(description="at most twelve")
    values: str = Field(description="base64 of one byte a point: a value of the legend")

    @classmethod
    def of(cls, found: MapValues) -> MapValuesAnswer:
        """Show values with their legend."""
        return cls(
            version=found.version,
            by=found.by,
            legend=[
                MapValueAnswer(value=value, label=dict(one.labels), photos=one.photos)
                for value, one in enumerate(found.legend)
            ],
            values=b64encode(found.values.tobytes()).decode("ascii"),
        )


class MapPhotoAnswer(ListedPhotoAnswer):
    """The photo of a point."""

    model_config = ConfigDict(json_schema_extra={"examples": [_PHOTO]})

    point: int

    @classmethod
    def at(cls, point: int, one: ListedPhoto, legend: Legend) -> MapPhotoAnswer:
        """Show the photo of a point."""
        return cls.of(one, legend, point=point)


class MapPhotosAnswer(BaseModel):
    """The photos of points, by the numbers of these."""

    photos: list[MapPhotoAnswer]


class PointsSent(BaseModel):
    """Points of a map, by their numbers in one version of it."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"version": _VERSION, "points": [17]}]}
    )

    version: str = Field(max_length=64, description="as the answer with the points had it")
    points: list[Annotated[int, Field(ge=0, le=2**31)]] = Field(max_length=MOST_POINTS)


@router.get("", summary="The map", response_description="Found", responses=possible(404, 409, 422))
def found(view: Seen) -> MapAnswer:
    """Say how many points the map has for the caller, and how it came about.

    Where they lie is at ``/api/v1/map/points``. 404 with the code no-map: none was drawn yet.
    """
    return MapAnswer.of(view.map())


@router.get(
    "/points",
    summary="Where the points of the map lie",
    response_class=Response,
    responses={
        **possible(404, 409),
        200: {
            "description": "Little-endian float32: x and y of each point, in [-1, 1]",
            "content": {BYTES: {}},
        },
        NOT_MODIFIED: {"description": "The caller has it already"},
    },
)
def points(view: Seen, request: Request) -> Response:
    """Return all points in the order of their numbers; the ETag is the map's version."""
    seen = view.map()
    headers = {"Cache-Control": ASK_AGAIN}
    return kept_by(
        request, seen.version, lambda: seen.positions.astype("<f4").tobytes(), BYTES, headers
    )


@router.get(
    "/values",
    summary="What the points of the map are coloured by",
    response_description="Found",
    responses=possible(404, 409, 422),
)
def values(
    view: Seen,
    by: Annotated[
        str,
        Query(
            max_length=200,
            description="collection, decade, colour, or tag:CONCEPT with all that is narrower "
            "(0: not tagged, 1: suggested, 2: accepted).",
            examples=["decade", "tag:kirche"],
        ),
    ],
) -> MapValuesAnswer:
    """Return one value a point: the eleven most frequent ones and what is left, by their order.

    A concept that asks for review first is not shown.
    """
    return MapValuesAnswer.of(view.map_values(by))


@router.post(
    "/photos",
    summary="The photos of points",
    response_description="Found",
    responses=possible(404, 409, 422),
)
def photos(view: Seen, sent: PointsSent) -> MapPhotosAnswer:
    """Return which photos points are. 409 with the code map-changed: the version is no more."""
    shown = view.map_photos(sent.version, sent.points)
    legends = view.legends([one.photo.id for _, one in shown])
    return MapPhotosAnswer(
        photos=[
            MapPhotoAnswer.at(point, one, legends[one.photo.id])
            for point, one in shown
            if one.photo.id in legends  # what was closed meanwhile is not
        ]
    )
