"""Pages drawn in a process of their own."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import psutil
import pypdfium2
import pytest
from PIL import Image

from checker.web.pictures import MOST_PIXELS, WIDTH_PIXELS, Pictures


@pytest.fixture(scope="module")
def pictures() -> Iterator[Pictures]:
    made = Pictures()
    yield made
    made.close()


def pdf(place: Path, *sizes: tuple[float, float], rotation: int = 0) -> Path:
    document = pypdfium2.PdfDocument.new()
    for width, height in sizes:
        document.new_page(width, height).set_rotation(rotation)
    document.save(str(place))
    return place


def test_a_page_is_drawn_with_its_size_in_points(pictures: Pictures, tmp_path: Path) -> None:
    place = pdf(tmp_path / "a.pdf", (595, 842), (842, 595))
    first, second = (pictures.page(place, "a", "pdf", page) for page in (1, 2))

    assert first is not None
    assert second is not None
    assert (first.width, first.height, second.width) == (595, 842, 842)
    assert Image.open(io.BytesIO(first.png)).width == WIDTH_PIXELS


def test_a_turned_page_has_the_size_that_is_seen(pictures: Pictures, tmp_path: Path) -> None:
    """Boxes are given after rotation."""
    picture = pictures.page(pdf(tmp_path / "a.pdf", (595, 842), rotation=90), "t", "pdf", 1)

    assert picture is not None
    assert (picture.width, picture.height) == (842, 595)


def test_a_page_that_claims_to_be_metres_long_is_drawn_small(pictures: Pictures, tmp_path: Path) -> None:
    picture = pictures.page(pdf(tmp_path / "a.pdf", (200, 14000)), "l", "pdf", 1)

    assert picture is not None
    image = Image.open(io.BytesIO(picture.png))
    assert image.width * image.height <= MOST_PIXELS * 1.01


@pytest.mark.parametrize("page", [0, 2, -1])
def test_a_page_that_is_not_there_is_no_picture(pictures: Pictures, tmp_path: Path, page: int) -> None:
    assert pictures.page(pdf(tmp_path / "a.pdf", (595, 842)), "n", "pdf", page) is None


def test_what_is_no_document_is_no_picture(pictures: Pictures, tmp_path: Path) -> None:
    place = tmp_path / "a.pdf"
    place.write_bytes(b"%PDF-1.7 tull")

    assert pictures.page(place, "x", "pdf", 1) is None
    assert pictures.page(place, "y", "png", 1) is None
    assert pictures.page(tmp_path / "ingen.pdf", "z", "pdf", 1) is None


def test_a_photo_is_shown_as_it_lies(pictures: Pictures, tmp_path: Path) -> None:
    place = tmp_path / "a.png"
    Image.new("RGB", (300, 200), "white").save(place)
    picture = pictures.page(place, "p", "png", 1)

    assert picture is not None
    assert (picture.width, picture.height) == (300, 200)


def test_a_process_that_dies_costs_one_picture(tmp_path: Path) -> None:
    made = Pictures()
    place = pdf(tmp_path / "a.pdf", (595, 842))
    made.prepare()
    (worker,) = psutil.Process().children()[-1:]
    worker.kill()
    worker.wait(10)
    lost, drawn = made.page(place, "1", "pdf", 1), made.page(place, "1", "pdf", 1)
    made.close()

    assert lost is None
    assert drawn is not None
