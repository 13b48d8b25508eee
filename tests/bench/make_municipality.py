"""Writes a municipality of any size with answers that are known: schools with plans in PDF, DOCX, HTML and text.

Run it with ``python tests/bench/make_municipality.py OUT --schools 30 --documents 10 --pages 10``. The running text is
made of the corpora's own sentences in new order; into some documents a passage is planted that a rule's own example
says is documented. ``OUT.answers.json`` holds them: for each school the requirements that must be
found documented. The same arguments give the same bytes of text.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import wrap

import docx

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "extract"))

from pdf_maker import PdfPage, pdf  # noqa: E402

CORPORA = ("tverrmark", "havnas")
PLANTED_SHARE = 0.4
WORDS_A_PAGE = 380
LINES_A_PAGE = 46
FORMATS = ("pdf", "pdf", "pdf", "docx", "docx", "html", "txt")
FIRST = ("Furu", "Gran", "Bjørke", "Or", "Selje", "Ask", "Lind", "Hassel", "Rogn", "Heggs", "Osp", "Eine")
LAST = ("bakken", "dalen", "haugen", "lia", "moen", "myra", "neset", "stad", "vika", "vollen", "åsen", "øya")
TITLES = ("Virksomhetsplan", "Handlingsplan", "Utviklingsplan", "Skolemiljøplan", "Kompetanseplan", "Referat")


def school_names(count: int) -> list[str]:
    """Give so many different names of schools."""
    pairs = [f"{first}{last}" for last in LAST for first in FIRST]
    return [
        f"{pairs[n % len(pairs)]} {n // len(pairs) + 1} skole" if n >= len(pairs) else f"{pairs[n]} skole"
        for n in range(count)
    ]


def corpus_sentences() -> list[str]:
    """Give the sentences of the corpora's documents, in order."""
    from checker.extract import extract_file
    from checker.language.sentences import sentence_spans

    found: dict[str, None] = {}
    for corpus in CORPORA:
        for path in sorted((ROOT / "corpus" / corpus).rglob("*")):
            if path.suffix in {".pdf", ".docx", ".txt", ".md", ".html"}:
                for block in extract_file(path, path=path.name).blocks:
                    for start, end in sentence_spans(block.text):
                        if 5 <= len(block.text[start:end].split()) <= 40:
                            found[" ".join(block.text[start:end].split())] = None
    return list(found)


def plantings() -> dict[str, str]:
    """Give, by requirement, an example that is documented by itself."""
    from checker.model import Level, Status
    from checker.rulebook import load_rules

    return {
        requirement.id: example.text
        for requirement in load_rules().requirements
        if requirement.level is Level.SCHOOL
        for example in reversed(requirement.examples)
        if example.expect.status is Status.DOCUMENTED and not example.todo and len(example.text) < 400
    }


def paragraphs(sentences: Sequence[str], pages: int, chance: random.Random) -> Iterator[tuple[bool, str]]:
    """Give headings (True) and paragraphs of so many pages."""
    words = 0
    while words < pages * WORDS_A_PAGE:
        if chance.random() < 0.2:
            yield (
                True,
                f"{chance.randint(1, 9)}.{chance.randint(1, 9)} {chance.choice(TITLES)} del {chance.randint(1, 99)}",
            )
        text = " ".join(chance.choice(sentences) for _ in range(chance.randint(1, 6)))
        text = f"{text} Se vedlegg {chance.randint(1, 999)} fra {chance.choice(FIRST)}{chance.choice(LAST)}."
        words += len(text.split())
        yield False, text


def as_bytes(kind: str, parts: Sequence[tuple[bool, str]], place: Path) -> None:
    """Write headings and paragraphs as a file of a format."""
    if kind == "docx":
        document = docx.Document()
        for is_heading, text in parts:
            document.add_paragraph(text, style="Heading 2" if is_heading else None)
        document.save(str(place))
    elif kind == "pdf":
        place.write_bytes(pdf(*_pages(parts)))
    elif kind == "html":
        body = "\n".join(f"<h2>{t}</h2>" if is_heading else f"<p>{t}</p>" for is_heading, t in parts)
        place.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    else:
        place.write_text("\n\n".join(text for _, text in parts), encoding="utf-8")


def _pages(parts: Sequence[tuple[bool, str]]) -> list[PdfPage]:
    lines: list[tuple[bool, str]] = []
    for is_heading, text in parts:
        plain = text.encode("cp1252", "ignore").decode("cp1252")
        lines += [(is_heading, line) for line in wrap(plain, 88)] + [(False, "")]
    pages = []
    for start in range(0, len(lines), LINES_A_PAGE):
        page = PdfPage()
        for number, (is_heading, line) in enumerate(lines[start : start + LINES_A_PAGE]):
            if line:
                page.text(60, 70 + number * 15, line, size=15 if is_heading else 11, bold=is_heading)
        pages.append(page)
    return pages


def make(out: Path, *, schools: int, documents: int, pages: int, seed: int = 1) -> dict[str, list[str]]:
    """Write the municipality and give its answers."""
    sentences, planted = corpus_sentences(), plantings()
    answers: dict[str, list[str]] = {}
    for name in school_names(schools):
        chance = random.Random(f"{seed} {name}")
        chosen = sorted(r for r in planted if chance.random() < PLANTED_SHARE)
        answers[name] = chosen
        folder = out / name
        folder.mkdir(parents=True, exist_ok=True)
        texts = [list(paragraphs(sentences, pages, chance)) for _ in range(documents)]
        for requirement in chosen:
            parts = chance.choice(texts)
            at = chance.randint(0, len(parts))
            pieces = [(False, piece) for piece in planted[requirement].split("\n\n")]
            parts[at:at] = [(True, f"Rutine {chance.randint(100, 999)}"), *pieces, (True, "Annet")]
        for number, parts in enumerate(texts):
            kind = chance.choice(FORMATS)
            as_bytes(kind, parts, folder / f"{chance.choice(TITLES)} {number + 1}.{kind}")
    (out / "skoler.csv").write_text("navn\n" + "\n".join(answers) + "\n", encoding="utf-8")
    out.with_name(f"{out.name}.answers.json").write_text(
        json.dumps(answers, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return answers


def main() -> None:
    """Write the municipality that the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--schools", type=int, default=10)
    parser.add_argument("--documents", type=int, default=10, help="for each school")
    parser.add_argument("--pages", type=int, default=10, help="for each document")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    make(
        chosen.out,
        schools=chosen.schools,
        documents=chosen.documents,
        pages=chosen.pages,
        seed=chosen.seed,
    )


if __name__ == "__main__":
    main()
