"""The pictures of pages with what was read of them."""

from __future__ import annotations

from pdf_maker import PdfPage, pdf

from checker.extract import drawn_pages
from checker.extract.pdf import read_pdf

RED, BLUE, ORANGE = (200, 30, 45), (25, 95, 190), (205, 105, 0)


def test_every_block_has_a_frame_in_the_colour_of_its_kind_where_it_stands() -> None:
    page = (
        PdfPage().text(70, 100, "Plan for ro", size=24).lines(70, 140, "Rektor går skolevandring hver uke.")
    )
    page.table([70, 200, 330], [300, 324, 348], [["Tiltak", "Ansvar"], ["Vandring", "Rektor"]])
    data = pdf(page, PdfPage().lines(70, 140, "Rektor går skolevandring hver uke."))
    document = read_pdf(data, path="plan.pdf")

    first, second = drawn_pages(data, document)
    scale = first.width / 595

    def colours_at(x: float, y: float) -> set[tuple[int, int, int]]:
        place = (int(x * scale) - 3, int(y * scale) - 3, int(x * scale) + 3, int(y * scale) + 3)
        return {colour for _, colour in first.crop(place).getcolors()}

    for block, colour in zip(document.blocks, (RED, BLUE, ORANGE), strict=False):
        _, x0, top, _, _ = block.boxes[0]
        assert colour in colours_at(x0 - 2, top - 2)
    assert RED not in {colour for _, colour in second.crop((0, 0, second.width, 1000)).getcolors(100_000)}


def test_a_page_that_is_metres_wide_is_drawn_small() -> None:
    data = pdf(PdfPage(width=14_000, height=14_000).text(70, 100, "Rektor går skolevandring."))

    (picture,) = drawn_pages(data, read_pdf(data, path="plakat.pdf"))

    assert picture.width * picture.height < 9_000_000
