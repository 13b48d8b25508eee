"""Only blocks whose words may decide something are parsed, and nothing comes out otherwise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checker.extract import extract, extract_file
from checker.language import AnnotatedBlock, AnnotatedDocument, Depth, annotate, deepened, load_pipelines
from checker.language.pipelines import Pipelines
from checker.match import ConceptMatcher, search
from checker.match.asked import asked_of
from checker.match.lines import lay_out
from checker.match.needed import needed_blocks
from checker.model import Document, Level
from checker.rulebook import Rulebook, load_rules

CORPUS = Path(__file__).parent.parent.parent / "corpus"
PLANS = sorted(
    path
    for name in ("tverrmark", "havnas")
    for path in (CORPUS / name).rglob("*")
    if path.suffix in {".docx", ".md", ".html", ".pptx", ".odt", ".txt", ".eml", ".xlsx"}
)[::3]


@pytest.fixture(scope="module")
def pipelines() -> Pipelines:
    return load_pipelines()


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rules()


@pytest.fixture(scope="module")
def matcher(rulebook: Rulebook) -> ConceptMatcher:
    return ConceptMatcher(rulebook)


def wrongly_parsed(annotated: AnnotatedDocument) -> AnnotatedDocument:
    """Give a document whose every word is a verb, a noun and a subject in turn, with its own lemma."""
    kinds = (("VERB", "VerbForm=Fin", "obj"), ("NOUN", "", "nsubj"), ("AUX", "VerbForm=Fin", "acl"))

    def wrong(block: AnnotatedBlock) -> AnnotatedBlock:
        units = []
        for unit in block.units:
            tokens = []
            for at, token in enumerate(unit.tokens):
                pos, morph, dep = kinds[(at + len(token.text)) % 3]
                tokens.append(replace(token, pos=pos, morph=morph, dep=dep, head=0, lemma=f"x{at}xxxxxxxxx"))
            units.append(replace(unit, tokens=tuple(tokens)))
        return replace(block, units=tuple(units))

    return replace(annotated, blocks=tuple(map(wrong, annotated.blocks)))


def parts_of(document: Document) -> list[Document]:
    return [document, *(inner for part in document.attachments for inner in parts_of(part))]


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name)
@pytest.mark.parametrize("level", list(Level))
def test_what_is_not_needed_may_be_parsed_wrongly(
    path: Path, level: Level, pipelines: Pipelines, rulebook: Rulebook, matcher: ConceptMatcher
) -> None:
    for document in parts_of(extract_file(path, path=path.name)):
        whole = annotate(document, pipelines)
        shallow = wrongly_parsed(annotate(document, pipelines, depth=Depth.WORDS))

        def parse(annotated: AnnotatedDocument, blocks: frozenset[int]) -> AnnotatedDocument:
            wanted = {id(annotated.blocks[number]) for number in blocks}
            return deepened(
                annotated,
                pipelines,
                lambda block: Depth.PARSED if id(block) in wanted else Depth.WORDS,
            )

        expected = search(whole, rulebook, matcher, level=level)

        assert expected == search(shallow, rulebook, matcher, level=level, parse=parse)


def test_a_wrong_parse_of_what_is_needed_changes_what_is_found(
    pipelines: Pipelines, rulebook: Rulebook, matcher: ConceptMatcher
) -> None:
    """Else the test above could not fail."""
    whole = [annotate(extract_file(path, path=path.name), pipelines) for path in PLANS]

    assert any(
        search(each, rulebook, matcher) != search(wrongly_parsed(each), rulebook, matcher) for each in whole
    )


@pytest.mark.parametrize(
    "text",
    [
        "# Klasseledelse\n\nRektor besøker alle klasser i uke 40.\n\n# Skyss\n\nBussen går klokka åtte.\n",
        "# Klasseleiing\n\nRektor vitjar alle klassar i veke 40.\n\n# Skyss\n\nBussen går klokka åtte.\n",
    ],
)
def test_a_block_that_names_nothing_is_not_needed(
    text: str, pipelines: Pipelines, rulebook: Rulebook, matcher: ConceptMatcher
) -> None:
    annotated = annotate(extract(text.encode(), path="plan.md"), pipelines, depth=Depth.WORDS)

    needed = needed_blocks(lay_out(annotated, matcher, rulebook), asked_of(rulebook))

    assert {0, 1} == needed
