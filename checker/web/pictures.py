"""Draws pages of documents, in a process of its own: a page that crashes or never ends costs one picture."""

from __future__ import annotations

import io
import multiprocessing
import signal
import threading
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

SECONDS = 30.0
MOST_KEPT = 48
WIDTH_PIXELS = 1400
MOST_PIXELS = 6_000_000
PICTURE_FORMATS = frozenset({"png", "jpg", "tiff", "gif", "bmp", "webp"})
DRAWN_FORMATS = PICTURE_FORMATS | {"pdf"}
"""The formats whose pages are shown as they look."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it looks.

    Args:
        width: of the page, in the points that boxes are given in; of a picture, its pixels.
        png: the picture's bytes.
    """

    width: float
    height: float
    png: bytes


class Pictures:
    """Gives pages' pictures; the ones asked for last are kept."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str, int], Picture] = OrderedDict()
        self._worker: _Worker | None = None
        self._lock = threading.Lock()

    def page(self, location: Path, sha256: str, file_format: str, page: int) -> Picture | None:
        """Give a page's picture; None where it can't be drawn.

        Args:
            location: where the file lies.
            sha256: of the file's bytes.
            page: from 1.
        """
        key = (str(location), sha256, page)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            picture = self._drawn(location, file_format, page)
            if picture is not None:
                self._kept[key] = picture
                while len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
            return picture

    def prepare(self) -> None:
        """Start the process that draws, so that the first page need not wait for it."""
        with self._lock:
            self._worker = self._worker or _started()

    def forget(self) -> None:
        """Forget every picture."""
        with self._lock:
            self._kept.clear()

    def close(self) -> None:
        """End the process that draws."""
        with self._lock:
            self._end()

    def _drawn(self, location: Path, file_format: str, page: int) -> Picture | None:
        worker = self._worker = self._worker or _started()
        try:
            worker.connection.send((location, file_format, page))
            if worker.connection.poll(SECONDS):
                picture: Picture | None = worker.connection.recv()
                return picture
        except (EOFError, OSError):
            pass
        self._end()
        return None

    def _end(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.connection.close()
            worker.process.kill()
            worker.process.join()


@dataclass(frozen=True, slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection


def _started() -> _Worker:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there,), daemon=True)
    process.start()
    there.close()
    return _Worker(process, here)


def _serve(connection: Connection) -> None:
    """Draw what is asked for until the server closes its end, or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        while True:
            connection.send(draw(*connection.recv()))


def draw(location: Path, file_format: str, page: int) -> Picture | None:
    """Draw a page; None where there is no such page, or it can't be drawn."""
    try:
        return _pdf_page(location, page) if file_format == "pdf" else _whole_picture(location)
    except Exception:  # noqa: BLE001 - any fault of a document is a picture that is not there
        return None


def _pdf_page(location: Path, number: int) -> Picture | None:
    import pypdfium2

    with pypdfium2.PdfDocument(location) as source:
        if not 1 <= number <= len(source):
            return None
        source.init_forms()
        page = source[number - 1]
        width, height = page.get_size()
        scale = min(WIDTH_PIXELS / width, (MOST_PIXELS / (width * height)) ** 0.5)
        image = page.render(scale=scale, may_draw_forms=True).to_pil()
        return Picture(width, height, _png(image))


def _whole_picture(location: Path) -> Picture:
    from PIL import Image, ImageOps

    with Image.open(location) as image:
        size = image.size
        image.draft("RGB", (WIDTH_PIXELS, WIDTH_PIXELS * 2))
        shown = ImageOps.exif_transpose(image).convert("RGB")
    shown.thumbnail((WIDTH_PIXELS, WIDTH_PIXELS * 2))
    return Picture(float(size[0]), float(size[1]), _png(shown))


def _png(image: object) -> bytes:
    data = io.BytesIO()
    image.convert("RGB").quantize(64).save(data, "PNG")  # type: ignore[attr-defined]
    return data.getvalue()
