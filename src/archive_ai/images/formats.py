"""Which files are pictures: by name before opening, by their first bytes after."""

from __future__ import annotations

from pathlib import PurePath

# fmt: off
EXTENSIONS = frozenset({
    "jpg", "jpeg", "jpe", "jfif", "tif", "tiff", "png", "gif", "bmp", "dib", "webp",
    "jp2", "j2k", "jpx", "jpf", "jpc", "j2c", "pbm", "pgm", "ppm", "pnm", "psd",
    "avif", "heic", "heif", "hif", "jxl",
})
# fmt: on
"""Lower-case endings without the dot. HEIC and JPEG XL are tried although no decoder for them is
installed: a photograph that cannot be read is a failure with a cause, not a file passed over."""

NAMES = {
    "jpeg": "JPEG",
    "tiff": "TIFF",
    "png": "PNG",
    "gif": "GIF",
    "bmp": "BMP",
    "webp": "WebP",
    "jpeg2000": "JPEG 2000",
    "pnm": "PNM",
    "psd": "Photoshop",
    "avif": "AVIF",
    "heif": "HEIC",
    "jxl": "JPEG XL",
}
"""The containers that are known, and what people call them."""

HEAD_BYTES = 64

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "jpeg2000"),
    (b"\xff\x4f\xff\x51", "jpeg2000"),
    (b"8BPS", "psd"),
    (b"\xff\x0a", "jxl"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "jxl"),
)


def is_picture_name(path: PurePath) -> bool:
    """Tell by the ending whether a file is worth opening."""
    return path.suffix[1:].lower() in EXTENSIONS


def container(head: bytes) -> str | None:
    """Name the container (a key of :data:`NAMES`) by a file's first bytes, whatever it is called.

    ``head`` holds the first :data:`HEAD_BYTES` bytes, or all where a file is shorter.
    """
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[:1] == b"P" and head[1:2] in b"123456" and head[2:3].isspace():
        return "pnm"
    if head[4:8] == b"ftyp":
        return _brand(head)
    return None


def _brand(head: bytes) -> str | None:
    """AVIF and HEIC share a container; the brands say which it is."""
    length = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[8:12]} | {head[start : start + 4] for start in range(16, length, 4)}
    if brands & {b"avif", b"avis"}:
        return "avif"
    if brands & {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"mif2"}:
        return "heif"
    return None
