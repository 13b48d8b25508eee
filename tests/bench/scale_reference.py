"""The plain way, frozen: what a careful reader of the libraries' guides would write. ``scale.py`` measures beside it.

pdfplumber's text and tables of every page, python-docx; the whole pipeline on all text through ``nlp.pipe``; the same
terms by PhraseMatcher on LOWER and LEMMA; rapidfuzz ``process.extract`` of all terms against each sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import docx
import pdfplumber
from rapidfuzz import fuzz, process
from spacy.language import Language
from spacy.matcher import PhraseMatcher

TAG = re.compile(r"<[^>]+>")
LEAST_LIKE = 90


def texts_of(path: Path) -> Iterator[str]:
    """Give the paragraphs and cells of a document."""
    if path.suffix == ".pdf":
        with pdfplumber.open(path) as document:
            for page in document.pages:
                yield page.extract_text() or ""
                for table in page.extract_tables():
                    yield from (cell for row in table for cell in row if cell)
    elif path.suffix == ".docx":
        document = docx.Document(str(path))
        yield from (paragraph.text for paragraph in document.paragraphs)
        yield from (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    else:
        yield from TAG.sub(" ", path.read_text(encoding="utf-8")).split("\n")


def run(paths: Sequence[Path], nlp: Language, terms: Sequence[str]) -> int:
    """Give how many terms were found in the documents."""
    lower, lemma = PhraseMatcher(nlp.vocab, attr="LOWER"), PhraseMatcher(nlp.vocab, attr="LEMMA")
    docs = list(nlp.pipe(terms))
    lower.add("TERM", docs)
    lemma.add("TERM", docs)
    found = 0
    for path in paths:
        for doc in nlp.pipe(text for text in texts_of(path) if text.strip()):
            found += len(lower(doc)) + len(lemma(doc))
            for sentence in doc.sents:
                found += len(
                    process.extract(
                        sentence.text.lower(), terms, scorer=fuzz.partial_ratio, score_cutoff=LEAST_LIKE
                    )
                )
    return found
