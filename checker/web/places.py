"""Shows a quote where it stands: on the page as it looks, or in its text."""

from __future__ import annotations

from pathlib import Path

from starlette.responses import Response

from checker.casework import source_of
from checker.model import ReportDocument
from checker.report import where
from checker.web.findings import boxes_on, spots_of
from checker.web.pictures import DRAWN_FORMATS, Picture
from checker.web.rendering import page
from checker.web.requests import refused
from checker.web.sources import INSIDE, is_same, location_of
from checker.web.surroundings import Spot, text_around
from checker.web.work import Shown


def place_part(shown: Shown) -> Response:
    """Show one of the places that a finding refers to."""
    finding = shown.opened.by_anchor.get(shown.request.path_params["anchor"])
    number: int = shown.request.path_params["number"]
    spots = spots_of(finding.finding) if finding is not None else ()
    if not 0 <= number < len(spots):
        return refused(shown.request, "web.refused.finding", status_code=404)
    spot = spots[number]
    entry = shown.opened.view.parts.document_by_path[spot.place.path]
    location = _location(shown, entry)
    is_changed = location is not None and not is_same(location, entry)
    picture_page = _page_of(spot, entry)
    if location is not None and not is_changed and picture_page is not None:
        picture = _picture(shown, location, entry, picture_page)
        if picture is not None:
            return _drawn(shown, spot, entry, picture=picture, number=number, page_number=picture_page)
    return _text(shown, spot, entry, location=location, is_changed=is_changed, number=number)


def page_picture(shown: Shown) -> Response:
    """Give the picture of a document's page."""
    wanted: str = shown.request.path_params["document"]
    entry = next((entry for entry in shown.opened.view.parts.documents if entry.id == wanted), None)
    location = _location(shown, entry) if entry is not None else None
    if entry is None or location is None or not _is_drawn(entry) or not is_same(location, entry):
        return Response(status_code=404)
    picture = _picture(shown, location, entry, shown.request.path_params["page"])
    return Response(picture.png, media_type="image/png") if picture is not None else Response(status_code=404)


def _location(shown: Shown, entry: ReportDocument) -> Path | None:
    source = source_of(shown.case.folder)
    return location_of(entry, Path(source.folder)) if source is not None else None


def _is_drawn(entry: ReportDocument) -> bool:
    return entry.document.format in DRAWN_FORMATS and INSIDE not in entry.document.path


def _page_of(spot: Spot, entry: ReportDocument) -> int | None:
    return (spot.place.page or 1) if _is_drawn(entry) else None


def _picture(shown: Shown, location: Path, entry: ReportDocument, number: int) -> Picture | None:
    return shown.site.pictures.page(location, entry.document.sha256, entry.document.format, number)


def _drawn(
    shown: Shown, spot: Spot, entry: ReportDocument, *, picture: Picture, number: int, page_number: int
) -> Response:
    texts = shown.opened.texts
    return page(
        "place_page.html.j2",
        texts,
        csrf="",
        number=number,
        document=entry.document.path.rpartition("/")[2],
        where=where(spot.place, texts, file_format=entry.document.format),
        section=" › ".join(spot.place.section),
        changed=False,
        width=round(picture.width, 2),
        height=round(picture.height, 2),
        picture=f"{shown.base}/documents/{entry.id}/pages/{page_number}",
        boxes=boxes_on(spot.place, page_number),
        others=(),
    )


def _text(
    shown: Shown,
    spot: Spot,
    entry: ReportDocument,
    *,
    location: Path | None,
    is_changed: bool,
    number: int,
) -> Response:
    texts = shown.opened.texts
    document = None
    if location is not None and not is_changed:
        document = shown.site.texts_read.document(location, entry.document.path, entry.document.sha256)
    return page(
        "place_text.html.j2",
        texts,
        csrf="",
        number=number,
        document=entry.document.path.rpartition("/")[2],
        where=where(spot.place, texts, file_format=entry.document.format),
        section=spot.place.section,
        changed=is_changed,
        problem=texts("web.page.gone") if location is None else "",
        quote=spot.quote,
        blocks=text_around(document, spot) if document is not None else (),
    )
