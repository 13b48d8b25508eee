"""Which headings a block of a PDF stands under where a box with a heading of its own stands beside the text."""

from __future__ import annotations

import pytest
from pdf_maker import PdfPage, pdf

from checker.extract.pdf import read_pdf

BOXED = ("Rektor er i alle klasser", "minst to ganger hvert halvår", "og gir tilbakemelding.")
BESIDE = ("Planen gjelder for alle som arbeider her, og", "følges opp av ledelsen i faste møter.")
BELOW = "Reglene er de samme i alle klasser, og de henger synlig i alle rom ved skolen."


def page_with(*, heading: str = "SFO", right: float = 540, is_filled: bool = True) -> PdfPage:
    """A page whose second section has a box with a heading, text beside it and text below."""
    page = PdfPage().text(60, 80, "Plan for klassemiljø", size=20, bold=True)
    page.text(60, 120, "1 Innledning", size=14, bold=True)
    page.text(60, 145, BELOW)
    page.text(60, 185, "2 Roller", size=14, bold=True)
    if is_filled:
        page.area(340, 195, right, 290, (0.9, 0.95, 1))
    page.text(350, 215, heading, size=12, bold=True).lines(350, 232, *BOXED)
    page.lines(60, 215, *BESIDE, "Elevrådet blir hørt.", "Foreldrene også.", "Trinnet følger opp.")
    return page.text(60, 330, BELOW).text(60, 370, "3 Tiltak", size=14, bold=True).text(60, 392, BELOW)


def sections_of(*pages: PdfPage) -> list[tuple[str, tuple[str, ...]]]:
    document = read_pdf(pdf(*pages), path="plan.pdf")
    return [(block.text, block.section[-1:]) for block in document.blocks if block.level is None]


def test_a_heading_in_a_box_beside_the_text_holds_for_the_box_only() -> None:
    found = sections_of(page_with())

    assert (" ".join(BOXED), ("SFO",)) in found
    assert (BELOW, ("2 Roller",)) in found
    assert found[-1] == (BELOW, ("3 Tiltak",))


def test_after_a_box_at_the_foot_of_a_page_the_text_of_the_next_stands_where_it_stood() -> None:
    first = page_with()
    first.ops = first.ops[:-3]
    found = sections_of(first, PdfPage().text(60, 80, BELOW.replace("Reglene", "Rutinene")))

    assert found[-1] == (BELOW.replace("Reglene", "Rutinene"), ("2 Roller",))


def test_a_heading_without_a_box_holds_for_all_below() -> None:
    assert (BELOW, ("SFO",)) in sections_of(page_with(is_filled=False))


@pytest.mark.parametrize("heading", ["SFO", "4 SFO"])
def test_a_box_right_across_the_page_is_no_box_beside_the_text(heading: str) -> None:
    page = PdfPage().text(60, 80, "Plan for klassemiljø", size=20, bold=True)
    page.text(60, 120, "1 Innledning", size=14, bold=True).text(60, 145, BELOW)
    page.area(50, 165, 545, 240, (0.9, 0.95, 1))
    page.text(60, 185, heading, size=14, bold=True).lines(60, 205, *BOXED)

    assert sections_of(page.text(60, 270, BELOW))[-1] == (BELOW, (heading,))
