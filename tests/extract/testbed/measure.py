"""Reads the files of the test-bed and compares what was read with what they say."""

from __future__ import annotations

import io
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pypdfium2

from checker.extract import extract, find_readers
from checker.model import Block, BlockKind, Document, Mark
from testbed.content import FORMS, Truth
from testbed.layouts import LAYOUTS, Layout
from testbed.makers import files
from testbed.office import converted

DPI = 200
WORKERS = 2
_PREFIX = 18
_ASIDE = {Mark.COMMENT, Mark.HIDDEN}


@dataclass(frozen=True)
class Case:
    """A file of the test-bed with what it says; ``written`` is its suffix."""

    layout: Layout
    form: str
    read_as: str
    data: bytes
    truth: Truth

    @property
    def name(self) -> str:
        """The layout, the form and the format."""
        return f"{self.layout.name} [{self.form}, {self.read_as}]"


@dataclass
class Score:
    """How many of how many are right, and what is wrong."""

    right: int = 0
    total: int = 0
    wrong: list[str] = field(default_factory=list)

    def note(self, is_right: bool, what: str) -> None:
        """Count one."""
        self.total += 1
        self.right += is_right
        if not is_right:
            self.wrong.append(what)

    @property
    def rate(self) -> float:
        """The share that is right; 1 where there is nothing to be right."""
        return self.right / self.total if self.total else 1.0


Scores = dict[str, Score]


def cases(layouts: Sequence[Layout] = LAYOUTS, forms: Sequence[str] = FORMS) -> list[Case]:
    """Give all files, LibreOffice called once for each format."""
    made = list(files(tuple(layouts), tuple(forms)))
    wanted: dict[str, list[tuple[str, str, bytes]]] = defaultdict(list)
    for number, (layout, _, suffix, data, _) in enumerate(made):
        for read_as in layout.read_as:
            if read_as != suffix:
                wanted["pdf" if read_as == "scan" else read_as].append((f"f{number}", suffix, data))
    others: dict[str, dict[str, bytes]] = defaultdict(dict)
    with ThreadPoolExecutor(max_workers=WORKERS) as pool:
        for target, written in zip(*_shares(wanted, pool), strict=True):
            others[target].update(written)
    found = []
    for number, (layout, form, suffix, data, truth) in enumerate(made):
        for read_as in layout.read_as:
            target = "pdf" if read_as == "scan" else read_as
            written = data if read_as == suffix else others[target].get(f"f{number}")
            if written is None:
                continue
            found.append(
                Case(layout, form, read_as, scanned(written) if read_as == "scan" else written, truth)
            )
    return found


def _shares(
    wanted: Mapping[str, Sequence[tuple[str, str, bytes]]], pool: ThreadPoolExecutor
) -> tuple[list[str], Iterator[Mapping[str, bytes]]]:
    """Give the formats, and beside each what LibreOffice makes; the PDFs are shared between the workers."""
    shares = [
        (target, sources[start::parts])
        for target, sources in sorted(wanted.items(), key=lambda entry: -len(entry[1]))
        for parts in [WORKERS if target == "pdf" else 1]
        for start in range(parts)
    ]
    return [target for target, _ in shares], pool.map(lambda share: converted(share[1], share[0]), shares)


def scanned(data: bytes) -> bytes:
    """Give a PDF whose pages are pictures of the pages of another."""
    pictures = []
    with pypdfium2.PdfDocument(data) as source:
        for page in source:
            pictures.append(page.render(scale=DPI / 72, grayscale=True).to_pil())
    stream = io.BytesIO()
    pictures[0].save(stream, "PDF", resolution=DPI, save_all=True, append_images=pictures[1:])
    return stream.getvalue()


def read(case: Case) -> Document:
    """Give the file as it is read."""
    suffix = "pdf" if case.read_as == "scan" else case.read_as
    readers = (
        find_readers(builtin_only=False)
        if case.read_as in {"scan", "doc", "rtf"}
        else find_readers(builtin_only=True)
    )
    return extract(case.data, path=f"plan.{suffix}", readers=readers)


def scores(case: Case, document: Document) -> Scores:
    """Give what is right and wrong in a reading, by measure."""
    truth = case.truth
    if case.read_as == "scan":
        return {"scans": _words(document, truth)}
    found: Scores = {
        "sentences": _sentences(document, truth.sentences),
        "columns line by line": _sentences(document, truth.columns),
        "broken words": _whole(document, truth.words),
        "headings": _headings(document, truth.headings),
        "false headings": _false_headings(document, truth.headings),
        "rows": _rows(document, truth.rows),
        "merged cells": _rows(document, truth.merged),
        "rows without lines": _unruled(document, truth.unruled),
        "once each": _once(document, truth.once),
        "set apart": _never(document, truth.never),
    }
    if case.read_as == "pdf":
        found["right page"] = _pages(document, case.data, truth.sentences)
        found["text in its boxes"] = _boxes(document, case.data)
    return {name: score for name, score in found.items() if score.total}


def _own(document: Document) -> list[Block]:
    return [block for block in document.blocks if not _ASIDE & set(block.marks)]


def _sentences(document: Document, sentences: Sequence[str]) -> Score:
    """Count the sentences that stand whole in a block, in their order."""
    score = Score()
    starts: list[tuple[int, int]] = []
    names: list[str] = []
    for sentence in sentences:
        start = next(
            (
                (at, block.text.find(sentence))
                for at, block in enumerate(_own(document))
                if sentence in block.text
            ),
            None,
        )
        if start is None:
            score.note(False, f"not whole: {sentence}")
        else:
            starts.append(start)
            names.append(sentence)
    kept = _longest_rise(starts)
    for at, sentence in enumerate(names):
        score.note(at in kept, f"out of order: {sentence}")
    return score


def _longest_rise(places: Sequence[tuple[int, int]]) -> set[int]:
    """Give the indices of a longest subsequence in which the places rise."""
    tails: list[tuple[int, int]] = []
    ends: list[int] = []
    before: list[int] = []
    for at, place in enumerate(places):
        position = bisect_left(tails, place)
        before.append(ends[position - 1] if position else -1)
        if position == len(tails):
            tails.append(place)
            ends.append(at)
        else:
            tails[position], ends[position] = place, at
    kept: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    return kept


def _whole(document: Document, words: Sequence[str]) -> Score:
    score = Score()
    text = " ".join(block.text for block in _own(document))
    there = set(re.findall(r"[\w-]+", text))
    for word in words:
        score.note(word in there, word)
    return score


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _headings(document: Document, headings: Sequence[str]) -> Score:
    score = Score()
    found = [_key(block.text) for block in document.blocks if block.kind is BlockKind.HEADING]
    for heading in headings:
        is_there = _key(heading) in found
        score.note(is_there, f"no heading: {heading}")
        if is_there:
            found.remove(_key(heading))
    return score


def _false_headings(document: Document, headings: Sequence[str]) -> Score:
    """Count the headings that are right, of all that were found."""
    score = Score()
    left = [_key(heading) for heading in headings]
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            is_right = _key(block.text) in left
            score.note(is_right, f"false heading: {block.text}")
            if is_right:
                left.remove(_key(block.text))
    return score


def _rows(document: Document, rows: Sequence[tuple[tuple[str | None, str], ...]]) -> Score:
    """Count the rows whose cells and names of columns are all right."""
    score = Score()
    found = [
        tuple((cell.column or None, " ".join(cell.text.split())) for cell in block.cells)
        for block in document.blocks
        if block.cells
    ]
    for row in rows:
        is_there = row in found
        nearest = next((other for other in found if other[-1][1] == row[-1][1]), None)
        score.note(is_there, f"{row}; nearest {nearest}" if not is_there else "")
        if is_there:
            found.remove(row)
    return score


def _unruled(document: Document, rows: Sequence[tuple[str, ...]]) -> Score:
    score = Score()
    found = [
        tuple(" ".join(cell.text.split()) for cell in block.cells) for block in document.blocks if block.cells
    ]
    for row in rows:
        score.note(row in found, str(row))
    return score


def _once(document: Document, texts: Sequence[str]) -> Score:
    score = Score()
    whole = " \n ".join(block.text for block in document.blocks)
    for text in texts:
        score.note(whole.count(text) == 1, f"{whole.count(text)} times: {text}")
    return score


def _never(document: Document, texts: Sequence[str]) -> Score:
    score = Score()
    whole = "\n".join(block.text for block in _own(document))
    for text in texts:
        score.note(text not in whole, f"not set apart: {text}")
    return score


def _words(document: Document, truth: Truth) -> Score:
    score = Score()
    there = set(re.findall(r"\w+", " ".join(block.text for block in document.blocks)))
    for text in truth.sentences:
        for word in re.findall(r"\w+", text):
            score.note(word in there, word)
    return score


def _page_texts(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as source:
        return [re.sub(r"[\W_]", "", page.get_textpage().get_text_bounded()) for page in source]


def _pages(document: Document, data: bytes, sentences: Sequence[str]) -> Score:
    """Count the sentences that begin on the page that the block, or its boxes, name."""
    score = Score()
    pages = _page_texts(data)
    for sentence in sentences:
        start = re.sub(r"[\W_]", "", sentence)[:_PREFIX]
        right = {number for number, text in enumerate(pages, 1) if start in text}
        block = next((block for block in document.blocks if sentence in block.text), None)
        if block is None or not right:
            continue
        named = {box[0] for box in block.boxes}
        is_right = (
            block.page in right if len(named) == 1 else bool(named & right) and block.page == min(named)
        )
        score.note(is_right, f"page {block.page} for {sorted(right)}: {sentence}")
    return score


def _boxes(document: Document, data: bytes) -> Score:
    """Count the blocks whose letters all stand within their boxes.

    A row's first cell is left out, for it may be merged and stand further up; so is a row over two pages, whose
    cells stand there in turn.
    """
    score = Score()
    with pypdfium2.PdfDocument(data) as source:
        for block in document.blocks:
            if block.kind is BlockKind.FOOTNOTE or block.marks:
                continue
            seen = "".join(_seen(source[box[0] - 1], box) for box in block.boxes)
            texts = [block.text]
            if block.cells:
                is_over_pages = len({box[0] for box in block.boxes}) > 1
                texts = [cell.text for cell in block.cells[1:] if not is_over_pages]
            is_right = all(_letters(text) in _letters(seen) for text in texts)
            score.note(is_right, f"not in its boxes: {block.text}")
    return score


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def _seen(page: pypdfium2.PdfPage, box: tuple[int, float, float, float, float]) -> str:
    _, x0, top, x1, bottom = box
    left, _, _, high = page.get_cropbox()
    return page.get_textpage().get_text_bounded(left + x0 - 0.5, high - bottom, left + x1 + 0.5, high - top)


def summed(
    results: Iterable[tuple[Case, Scores]], *, of: Callable[[Case], str] = lambda _: ""
) -> dict[tuple[str, str], Score]:
    """Give the scores of all cases together, by measure and by what ``of`` gives."""
    sums: dict[tuple[str, str], Score] = defaultdict(Score)
    for case, found in results:
        for name, score in found.items():
            total = sums[name, of(case)]
            total.right += score.right
            total.total += score.total
            total.wrong += [f"{case.name}: {what}" for what in score.wrong]
    return dict(sums)
