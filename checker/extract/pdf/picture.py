"""Renders a page as a picture, never a larger one than asked for: a page may claim to be metres wide."""

from __future__ import annotations

from typing import Any

from PIL import Image

POINTS_AN_INCH = 72


def scale_of(page: Any, *, dpi: float, most_pixels: int) -> float:
    """Give pixels a point for a picture of a pdfium page with ``dpi``, or fewer where it would grow too large."""
    width, height = page.get_size()
    scale = dpi / POINTS_AN_INCH
    pixels = width * height * scale * scale
    return scale if pixels <= most_pixels else float(scale * (most_pixels / pixels) ** 0.5)


def picture_of(page: Any, *, dpi: float, most_pixels: int, grey: bool = False) -> Image.Image:
    """Give the picture of a pdfium page."""
    scale = scale_of(page, dpi=dpi, most_pixels=most_pixels)
    picture: Image.Image = page.render(scale=scale, grayscale=grey).to_pil()
    return picture
