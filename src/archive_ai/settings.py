"""One table of options, and where the parts that ship with the program lie.

Each option is taken from the first of: the call (a flag), the environment (``ARCHIVE_AI_…``), the
table ``[settings]`` of the archive's ``archive.toml``, the default.
"""

from __future__ import annotations

import getpass
import json
import os
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

import platformdirs
from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from archive_ai.errors import UsageError

ARCHIVE_FILE = "archive.toml"
FORMAT = 1
"""The archive format that this program writes."""

BUNDLED_MODEL = "archive-mini"

_CHECKOUT = {
    "models": "models",
    "vocabulary": "data/vocabulary",
    "deny": "data/deny",
    "background": "data/background",
    "language": "data/language",
}


def _user() -> str:
    """Return the name of who is logged in; a machine account without one is called so."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def _listed(value: object) -> object:
    """Take "a, b" for a list, as the environment has it; ["a, b"] where commas are in names."""
    if isinstance(value, str) and value.lstrip().startswith("["):
        return json.loads(value)
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]


class Settings(BaseSettings):
    """The options of one process."""

    model_config = SettingsConfigDict(env_prefix="ARCHIVE_AI_", extra="forbid")

    archive: Path = Field(
        default_factory=lambda: platformdirs.user_data_path("archive-ai", appauthor=False),
        description="the folder that holds catalogue, vectors and thumbnails",
    )
    model: str = Field(
        default="", description="the model to index with; empty: the archive's, else the bundled"
    )
    workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1,
        ge=1,
        le=256,
        description="how many files are decoded and encoded at once",
    )
    person: str = Field(
        default_factory=_user,
        min_length=1,
        max_length=200,
        description="who decides; written beside every decision for ever",
    )
    host: str = Field(default="127.0.0.1", description="the address that serve listens on")
    port: int = Field(default=8000, ge=1, le=65535, description="the port that serve listens on")
    closure_years: int = Field(
        default=0,
        ge=0,
        le=1000,
        description="how many years after its date a photo is closed to readers; 0: no such period",
    )
    unknown_date_closed: bool = Field(
        default=False, description="whether a photo without a date in any record is closed"
    )
    approximate_from: int = Field(
        default=1_000_000,
        ge=1,
        description="how many vectors a generation has before an approximate index is made",
    )
    hosts: Listed = Field(
        default=(),
        description="names that the service answers to, beside this machine's own; empty on a "
        "network: any",
    )
    allowed_origins: Listed = Field(
        default=(),
        description="other sites whose scripts may call the API with a token, as https://a.example",
    )
    trusted_proxies: Listed = Field(
        default=("127.0.0.1", "::1"),
        description="web servers that are believed about who calls, and whether by https",
    )
    hsts: bool = Field(
        default=False, description="whether browsers are told to come by https only, for a year"
    )
    anonymous_role: Literal["none", "reader"] = Field(
        default="none", description="what those may do who are not signed in, where others must be"
    )
    session_hours: int = Field(
        default=12, ge=1, le=8760, description="after how many hours a browser is signed out"
    )
    failed_sign_ins: int = Field(
        default=10, ge=1, le=100_000, description="failed sign-ins an address has in 15 minutes"
    )
    requests_per_minute: int = Field(
        default=1200, ge=0, le=10_000_000, description="requests a caller has a minute; 0: any"
    )
    pictures_per_minute: int = Field(
        default=12_000, ge=0, le=10_000_000, description="the same for thumbnails and pictures"
    )
    upload_megabytes: int = Field(
        default=50, ge=1, le=4096, description="the largest picture that may be sent to search by"
    )
    upload_megapixels: int = Field(
        default=200, ge=1, le=20_000, description="the most pixels that such a picture may have"
    )
    upload_seconds: int = Field(
        default=20, ge=1, le=600, description="how long one may take to decode, or wait its turn"
    )
    upload_memory_megabytes: int = Field(
        default=2048, ge=512, le=1_000_000, description="memory of a process that decodes them"
    )
    upload_workers: int = Field(
        default=1, ge=1, le=64, description="how many are decoded at once, each in a process"
    )
    upload_waiting: int = Field(
        default=8, ge=0, le=32, description="how many may wait; more are told to come again"
    )
    tile_cache_megabytes: int = Field(
        default=2000,
        ge=1,
        le=100_000_000,
        description="how much the tiles of large pictures may take on the disk",
    )
    log_format: Literal["auto", "console", "json", "none"] = Field(
        default="auto", description="auto: for people on a terminal, else one JSON object a line"
    )
    log_queries: bool = Field(
        default=False, description="whether the log keeps what people search for"
    )
    drain_seconds: int = Field(
        default=0, ge=0, le=600, description="how long serve still answers after it is told to stop"
    )
    shutdown_seconds: int = Field(
        default=10, ge=1, le=600, description="how long requests in flight then have to finish"
    )
    folders: Listed = Field(
        default=(), description="roots below which jobs may index that are posted over the network"
    )
    public_url: str = Field(
        default="",
        pattern=r"^(https?://[^\s?#]+[^\s?#/])?$",
        description="the address that others reach this server by; empty: as they call it",
    )
    institution: str = Field(
        default="", max_length=500, description="the archive's name, as pictures are to be credited"
    )
    institution_url: str = Field(
        default="",
        pattern=r"^(https?://\S+)?$",
        description="the archive's own pages",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take no other sources than the call and the environment; see :func:`load`."""
        del settings_cls, dotenv_settings, file_secret_settings
        return (init_settings, env_settings)


def load(**given: Any) -> Settings:
    """Return the settings with what was ``given``; values of None count as not given.

    Raises UsageError that names the option and where it came from.
    """
    chosen = {name: value for name, value in given.items() if value is not None}
    archive = Path(os.path.abspath(_settings(chosen).archive.expanduser()))  # noqa: PTH100 (no ..)
    from_file = _archive_table(archive / ARCHIVE_FILE)
    for name, value in from_file.items():
        if f"ARCHIVE_AI_{name.upper()}" not in os.environ:
            chosen.setdefault(name, value)
    chosen["archive"] = archive
    return _settings(chosen)


def bundled(kind: str) -> Path:
    """Return the folder of what ships with the program: see the keys of ``_CHECKOUT``.

    In an installed wheel it lies inside the package, in a checkout beside it.
    """
    package = Path(__file__).parent
    inside = package / "bundled" / kind
    return inside if inside.is_dir() else package.parents[1] / _CHECKOUT[kind]


def _settings(values: dict[str, Any]) -> Settings:
    try:
        return Settings(**values)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise UsageError(
            f"The option {name} is not usable: {first['msg']}.",
            f"Check the flag, ARCHIVE_AI_{name.upper()} and {ARCHIVE_FILE}.",
        ) from error


def _archive_table(path: Path) -> dict[str, Any]:
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{path} cannot be read ({error}).", "Mend the file; it is plain TOML."
        ) from error
    if document.get("format") != FORMAT:
        return {}  # The archive is refused when it is opened; its options may be unknown here.
    table = document.get("settings", {})
    if not isinstance(table, dict) or "archive" in table:
        raise UsageError(
            f"{path} has a [settings] table that cannot be used.",
            "It holds options as name = value, and cannot name another archive.",
        )
    return table
