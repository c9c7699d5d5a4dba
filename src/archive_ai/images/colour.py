"""Colours become sRGB: by the embedded profile where it says something else, else plainly."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageCms

_SPACES = {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK"}


def to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Convert a picture of mode L, RGB or CMYK to RGB in sRGB.

    ``profile`` is the embedded ICC profile or empty. One that does not fit the picture's mode or
    cannot be used is passed over, as every viewer does. CMYK without a profile is turned into
    RGB as light that the inks leave: (255 - C) * (255 - K) / 255.
    """
    transform = _transform(profile, image.mode) if profile else None
    if transform is not None:
        try:
            return transform.apply(image)
        except ValueError:  # what ImageCms says if a transform does not suit after all
            pass
    return image if image.mode == "RGB" else image.convert("RGB")


@lru_cache(maxsize=16)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """The way from ``profile`` to sRGB; None where there is none or it is sRGB already.

    Little CMS may use one transform from several threads; scans of one holding share a profile.
    """
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if source.profile.xcolor_space.strip() != _SPACES.get(mode):
            return None
        if "srgb" in (source.profile.profile_description or "").lower():
            return None
        return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return None
