"""Measures what the language pipeline costs beside spaCy's blank tokeniser, and how long loading takes.

Run it with ``python tests/bench/language.py [FOLDER]``; the folder's documents are the text (the repository's
own corpora without one). Each kind of work runs in a process of its own, so that every word is new to it, and
is measured in processor time on one thread. The kinds take turns and the fastest of the rounds counts, so that
other work on the machine changes little; for the rest of it, what is wanted lies an eighth below what was measured.
Word tables are loaded before; what that takes is given apart. With ``--check`` only what has a limit is measured,
and the status is 1 where one is not kept.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

CORPORA = Path(__file__).parents[2] / "corpus"
BLANK = "blank tokeniser"
WANTED = {"tagger, lemmas": 0.15, "tagger, lemmas, parser": 0.08}
LEFT_OUT = {"tagger, lemmas": ["parser"], "tagger, lemmas, parser": []}
ANNOTATE = {"annotate, words": "WORDS", "annotate, tagged": "TAGGED", "annotate, parsed": "PARSED"}
LOADING = {"loading": 0.5, "first text": None}
"""The seconds that loading may take, spaCy itself not counted; the first text reads the word tables."""

ROUNDS = 3
BATCH_TEXTS = 128
FIRST_TEXT = "Rektor."

Blocks = Sequence[tuple[str, str | None]]


def read_texts(folder: Path, place: Path) -> None:
    """Write the blocks of a folder's documents, as pairs of text and language."""
    from checker.extract import extract_file
    from checker.language import with_languages

    blocks = [
        (block.text, block.language)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for block in with_languages(extract_file(path, path=path.name)).blocks
        if block.text.strip()
    ]
    place.write_text(json.dumps(blocks, ensure_ascii=False), encoding="utf-8")


def words_of(blocks: Blocks) -> int:
    return sum(len(text.split()) for text, _ in blocks)


def measured_load(name: str) -> float:
    """Give the processor seconds that loading takes, or the first text after it; spaCy is imported before."""
    import spacy

    spacy.blank("nb")
    began = time.process_time()
    from checker.language import Depth

    pipelines = _loaded(Depth.PARSED, with_text=False)
    if name == "first text":
        began = time.process_time()
        _annotate([(FIRST_TEXT, "nb")], pipelines, Depth.PARSED)
    return time.process_time() - began


def measured_work(name: str, blocks: Blocks) -> float:
    """Give the words a second of one kind of work, on words that are new to the process."""
    work = _work(name, blocks)
    began = time.process_time()
    work()
    return words_of(blocks) / (time.process_time() - began)


def _work(name: str, blocks: Blocks) -> Callable[[], object]:
    import spacy

    if name == BLANK:
        blank = spacy.blank("nb")
        return lambda: [blank.make_doc(text) for text, _ in blocks]
    from checker.language import Depth

    if name in ANNOTATE:
        depth = Depth[ANNOTATE[name]]
        pipelines = _loaded(depth)
        return lambda: _annotate(blocks, pipelines, depth)
    nlp = _loaded(Depth.PARSED).nb.nlp
    return lambda: _through(nlp, sorted(blocks, key=lambda block: len(block[0])), LEFT_OUT[name])


def _through(nlp, blocks: Blocks, left_out: Sequence[str]) -> None:
    def docs():
        for text, form in blocks:
            doc = nlp.make_doc(text)
            doc._.written_form = form if form in {"nb", "nn"} else None
            yield doc

    disabled = ["skolesjekk_form", "skolesjekk_sentences", *left_out]
    for _ in nlp.pipe(docs(), batch_size=BATCH_TEXTS, disable=disabled):
        pass


def _loaded(depth, *, with_text: bool = True):
    from checker.language import load_pipelines

    pipelines = load_pipelines()
    if with_text:
        _annotate([(FIRST_TEXT, "nb"), (FIRST_TEXT, "nn")], pipelines, depth)
    return pipelines


def _annotate(blocks: Blocks, pipelines, depth) -> object:
    from checker.language import annotate
    from checker.model import Block, BlockKind, Document, ReadStatus

    paragraphs = tuple(Block(BlockKind.PARAGRAPH, text) for text, _ in blocks)
    document = Document("text", "txt", ReadStatus.READ, blocks=paragraphs)
    return annotate(document, pipelines, depth=depth)


def _in_own_process(name: str, place: Path) -> float:
    command = [sys.executable, __file__, "--one", name, "--texts", str(place)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    run = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", env=environment)
    return float(run.stdout)


def _measured(names: Sequence[str], place: Path) -> dict[str, list[float]]:
    """Give each measurement's figures, one a round."""
    figures: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(ROUNDS):
        for name in names:
            figures[name].append(_in_own_process(name, place))
    return figures


def report(folder: Path, *, is_check: bool) -> int:
    """Print the figures; give 1 where one is less than wanted and that counts."""
    failed = False
    works = list(WANTED) if is_check else [*WANTED, *ANNOTATE]
    loads = [name for name, most in LOADING.items() if most or not is_check]
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary) / "texts.json"
        read_texts(folder, place)
        blocks = json.loads(place.read_text(encoding="utf-8"))
        figures = _measured([BLANK, *works, *loads], place)
    different = len({word for text, _ in blocks for word in text.split()})
    print(f"{words_of(blocks)} words, {different} different, in {len(blocks)} blocks")
    blank = max(figures[BLANK])
    print(f"{BLANK:24}{blank:10.0f} words/s")
    for name in works:
        speed, wanted = max(figures[name]), WANTED.get(name)
        failed = failed or (wanted is not None and speed < wanted * blank)
        limit = f" (>= {wanted})" if wanted else ""
        print(f"{name:24}{speed:10.0f} words/s {speed / blank:8.3f} x{limit}")
    for name in loads:
        seconds, most = min(figures[name]), LOADING[name]
        failed = failed or (most is not None and seconds >= most)
        print(f"{name:24}{seconds:10.2f} s" + (f" (< {most})" if most else ""))
    return int(is_check and failed)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPORA)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--texts", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one in LOADING:
        print(measured_load(options.one))
    elif options.one:
        print(measured_work(options.one, json.loads(options.texts.read_text(encoding="utf-8"))))
    else:
        return report(options.folder, is_check=options.check)
    return 0


if __name__ == "__main__":
    sys.exit(main())
