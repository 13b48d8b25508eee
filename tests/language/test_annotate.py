"""What annotation makes of a document."""

from __future__ import annotations

import pickle
import sys

import pytest

from checker.language import (
    AnnotatedBlock,
    AnnotatedDocument,
    Depth,
    Pipelines,
    annotate,
    deepened,
    load_pipelines,
    with_languages,
)
from checker.model import Block, BlockKind, Cell, Document, Problem, ReadStatus
from checker.texts import load_texts

NB = "Rektor besøker alle klassene hver høst, og avdelingslederne følger opp funnene sammen med lærerne. "
NN = "Rektor vitjar alle klassane kvar haust, og avdelingsleiarane følgjer opp funna saman med lærarane. "
EN = "The school leaders visit all the classrooms in the autumn, and they give feedback to the teachers. "


@pytest.fixture(scope="module", params=[True, False], ids=["trained", "rules"])
def pipelines(request: pytest.FixtureRequest) -> Pipelines:
    return load_pipelines(trained=request.param)


def paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text)


def document(*blocks: Block) -> Document:
    return Document("plan.docx", "docx", ReadStatus.READ, blocks=blocks)


def texts(annotated: AnnotatedDocument, block: int) -> list[str]:
    return [unit.text for unit in annotated.blocks[block].units]


def test_there_is_one_annotated_block_for_each_block(pipelines: Pipelines) -> None:
    annotated = annotate(document(paragraph(NB), paragraph(""), Block(BlockKind.HEADING, "Plan")), pipelines)

    assert len(annotated.blocks) == 3
    assert texts(annotated, 1) == []
    assert [block.block for block in annotated.blocks] == list(annotated.document.blocks)


def test_units_and_tokens_stand_where_their_offsets_say(pipelines: Pipelines) -> None:
    row = Block(
        BlockKind.TABLE_ROW,
        " | Skolevandring |  Rektor. To ganger i året.  |  | Skolevandring",
        cells=tuple(
            Cell(None, text)
            for text in ("", "Skolevandring", " Rektor. To ganger i året. ", "", "Skolevandring")
        ),
    )
    annotated = annotate(document(paragraph(NB + NB), row), pipelines)

    for block in annotated.blocks:
        for unit in block.units:
            assert unit.text == block.block.text[unit.start : unit.start + len(unit.text)]
            for token in unit.tokens:
                assert token.text == unit.text[token.start : token.end]
                assert token.lower == token.text.lower()
                assert 0 <= token.head < len(unit.tokens)
    assert [unit.cell for unit in annotated.blocks[1].units] == [1, 2, 2, 4]


def test_the_sentences_of_a_cell_are_units_of_that_cell(pipelines: Pipelines) -> None:
    row = Block(
        BlockKind.TABLE_ROW,
        "Skulevandring | Rektor. To gonger i året.",
        cells=(Cell("Tiltak", "Skulevandring"), Cell("Ansvar", "Rektor. To gonger i året.")),
    )

    units = annotate(document(row), pipelines).blocks[0].units

    assert [(unit.cell, unit.text) for unit in units] == [
        (0, "Skulevandring"),
        (1, "Rektor."),
        (1, "To gonger i året."),
    ]


def test_a_heading_is_one_unit(pipelines: Pipelines) -> None:
    heading = Block(BlockKind.HEADING, "5. Klasseledelse. Våre rutiner", level=1)

    assert texts(annotate(document(heading), pipelines), 0) == ["5. Klasseledelse. Våre rutiner"]


def test_a_label_and_its_value_are_one_unit(pipelines: Pipelines) -> None:
    annotated = annotate(document(paragraph("Ansvarlig: rektor"), paragraph("Frist: 15. august")), pipelines)

    assert [texts(annotated, 0), texts(annotated, 1)] == [["Ansvarlig: rektor"], ["Frist: 15. august"]]


def test_tokens_have_lemmas_of_the_block_s_form(pipelines: Pipelines) -> None:
    annotated = annotate(document(paragraph(NN)), pipelines)
    lemmas = {token.text: token.lemma for unit in annotated.blocks[0].units for token in unit.tokens}

    assert lemmas["klassane"] == "klasse"
    assert lemmas["avdelingsleiarane"] == "avdelingsleiar"
    assert lemmas["vitjar"] in {"vitja", "vitje"}


def test_abbreviations_are_one_token(pipelines: Pipelines) -> None:
    annotated = annotate(
        document(paragraph("Insp. og avd.leder møtes bl.a. kl. 14.15 m.m. i uke 34.")), pipelines
    )
    words = [token.text for unit in annotated.blocks[0].units for token in unit.tokens]

    assert words == [
        "Insp.",
        "og",
        "avd.leder",
        "møtes",
        "bl.a.",
        "kl.",
        "14.15",
        "m.m.",
        "i",
        "uke",
        "34",
        ".",
    ]


@pytest.mark.parametrize(("text", "form"), [(NB, "nb"), (NN, "nn")])
def test_short_blocks_take_the_document_s_form(pipelines: Pipelines, text: str, form: str) -> None:
    annotated = annotate(document(Block(BlockKind.HEADING, "Plan"), paragraph(text)), pipelines)

    assert form == annotated.document.language
    assert [form, form] == [block.language for block in annotated.blocks]
    assert [form, form] == [block.language for block in annotated.document.blocks]


def test_a_block_in_the_other_form_is_marked(pipelines: Pipelines) -> None:
    annotated = annotate(document(*[paragraph(NB)] * 9, paragraph(NN)), pipelines)

    assert annotated.document.language == "nb"
    assert annotated.blocks[-1].language == "nn"


def test_a_paragraph_of_the_law_in_nynorsk_is_marked_within_a_plan_in_bokmaal(pipelines: Pipelines) -> None:
    law = (
        "Skolen skal sørgje for at elevane har det trygt, og alle som arbeider på skolen, skal følgje med på "
        "korleis elevane har det. Departementet kan gi forskrift om kva kommunane må dokumentere."
    )
    annotated = annotate(document(*[paragraph(NB)] * 3, paragraph(law), paragraph(NB)), pipelines)

    assert annotated.document.language == "nb"
    assert [block.language for block in annotated.blocks] == ["nb", "nb", "nb", "nn", "nb"]


def test_a_document_with_large_parts_of_both_forms_is_mul(pipelines: Pipelines) -> None:
    annotated = annotate(document(*[paragraph(NB)] * 12, *[paragraph(NN)] * 10), pipelines)

    assert annotated.document.language == "mul"
    assert ReadStatus.READ is annotated.document.status
    assert {"nb", "nn"} == {block.language for block in annotated.blocks}


def test_a_document_mostly_in_english_is_partly_read(pipelines: Pipelines) -> None:
    annotated = annotate(document(*[paragraph(EN)] * 5, paragraph(NB)), pipelines)

    assert annotated.document.language == "en"
    assert ReadStatus.PARTLY_READ is annotated.document.status
    assert Problem.LANGUAGE is annotated.document.problem
    assert annotated.blocks[-1].language == "nb"
    assert annotated.document.message is not None
    assert "engelsk" in load_texts("nb")(annotated.document.message)


LONG_TEXTS = {
    "da": (
        "Skolens ledelse besøger alle klasserne to gange om året, og lærerne får vejledning efter hvert besøg. ",
        "dansk",
    ),
    "se": (
        "Skuvllas lea plána mii muitala mo oahppit galget oažžut buori birrasa, ja rektor galgá evalueret dan. ",
        "nordsamisk",
    ),
    "sma": (
        "Skuvle edtja soejkesjem darjodh, jïh learohkh edtjieh hijven learoebyjresem åadtjodh fïerhten jaepien. ",
        "sørsamisk",
    ),
    "smj": (
        "Skåvllå galggá plánav åvddånahttet aktan oahppij ja æjgádij, ja oahppe galggi buorre birrasav oadtjot. ",
        "lulesamisk",
    ),
}


@pytest.mark.parametrize("language", LONG_TEXTS)
def test_a_document_in_a_language_near_by_is_partly_read_and_the_language_named(language: str) -> None:
    text, name = LONG_TEXTS[language]
    found = with_languages(document(Block(BlockKind.HEADING, "Plan"), *[paragraph(text)] * 4))

    assert (found.language, found.status, found.problem) == (
        language,
        ReadStatus.PARTLY_READ,
        Problem.LANGUAGE,
    )
    assert found.blocks[0].language == language
    assert name in load_texts("nb")(found.message or "")


def test_a_table_of_names_and_numbers_leaves_a_norwegian_plan_read() -> None:
    rows = [
        "Ali de la Cruz | 98 76 54 32 | 5A",
        "Maria Van der Berg | 23 45 67 89 | 6B | on tirsdag",
        "Li Op | 12 | 14 | 16 | 18",
    ]
    found = with_languages(document(*[paragraph(NB)] * 2, *map(paragraph, rows * 10)))

    assert (found.language, found.status) == ("nb", ReadStatus.READ)
    assert {block.language for block in found.blocks} == {"nb"}


def test_an_english_block_in_a_norwegian_plan_leaves_the_plan_read(pipelines: Pipelines) -> None:
    annotated = annotate(document(*[paragraph(NB)] * 5, paragraph(EN)), pipelines)

    assert (annotated.document.language, annotated.document.status) == ("nb", ReadStatus.READ)
    assert annotated.blocks[-1].language == "en"


def test_languages_can_be_filled_in_without_a_pipeline(pipelines: Pipelines) -> None:
    source = document(paragraph(NN), Block(BlockKind.HEADING, "Plan"), *[paragraph(EN)] * 3)

    assert with_languages(source) == annotate(source, pipelines).document


def test_a_document_without_words_has_no_language_and_stays_read(pipelines: Pipelines) -> None:
    annotated = annotate(document(paragraph("1 2 3"), paragraph("–")), pipelines)

    assert (annotated.document.language, annotated.document.status) == (None, ReadStatus.READ)


def test_an_unreadable_document_keeps_its_problem(pipelines: Pipelines) -> None:
    source = Document(
        "plan.pdf",
        "pdf",
        ReadStatus.PARTLY_READ,
        problem=Problem.NO_TEXT,
        message="x",
        blocks=(paragraph(EN),),
    )
    annotated = annotate(source, pipelines)

    assert (annotated.document.problem, annotated.document.message) == (Problem.NO_TEXT, "x")


def test_what_comes_out_can_be_sent_between_processes(pipelines: Pipelines) -> None:
    annotated = annotate(document(paragraph(NB), paragraph(NN)), pipelines)

    assert annotated == pickle.loads(pickle.dumps(annotated))


def test_a_text_without_sentences_is_cut_in_pieces_of_bounded_length(pipelines: Pipelines) -> None:
    units = annotate(document(paragraph("skule " * 5_000)), pipelines).blocks[0].units

    assert max(len(unit.text) for unit in units) <= 10_000
    assert sum(len(unit.text) for unit in units) == 6 * 5_000 - 1


def test_blocks_that_do_not_matter_have_words_and_lemmas_only(pipelines: Pipelines) -> None:
    source = document(paragraph(NB), Block(BlockKind.LIST_ITEM, NB))
    annotated = annotate(source, pipelines, matters=lambda block: block.kind is BlockKind.PARAGRAPH)
    tokens = annotated.blocks[1].units[0].tokens

    assert [token.text for token in tokens] == [token.text for token in annotated.blocks[0].units[0].tokens]
    assert {(token.pos, token.morph, token.dep) for token in tokens} == {("", "", "")}
    assert "klasse" in [token.lemma for token in tokens]


def test_a_text_is_annotated_alike_wherever_it_stands(pipelines: Pipelines) -> None:
    alone = annotate(document(paragraph(NB)), pipelines).blocks[0].units
    among = annotate(document(paragraph(NB + NB), paragraph(NB), paragraph(NB)), pipelines).blocks[2].units

    assert alone == among


MANY = [
    text
    for number in range(1, 40)
    for text in (
        f"Rektor og {number} lærere besøker {'de nye ' * (number % 7)}klassene hver høst.",
        f"Kontaktlærar {number} følgjer opp {'alle ' * (number % 5)}elevane saman med heimen, og så skriv ho referat.",
    )
]


def test_a_tagged_text_has_parts_of_speech_but_no_heads() -> None:
    tagged = annotate(document(paragraph(NB)), load_pipelines(), depth=Depth.TAGGED).blocks[0].units[0]
    parsed = annotate(document(paragraph(NB)), load_pipelines()).blocks[0].units[0]

    assert [token.pos for token in tagged.tokens] == [token.pos for token in parsed.tokens]
    assert [token.lemma for token in tagged.tokens] == [token.lemma for token in parsed.tokens]
    assert {token.dep for token in tagged.tokens} == {""}
    assert "nsubj" in {token.dep for token in parsed.tokens}


def test_deepened_blocks_are_as_if_annotated_that_deep_from_the_start(pipelines: Pipelines) -> None:
    source = document(paragraph(NB), paragraph(NN), paragraph(EN), Block(BlockKind.LIST_ITEM, NB))
    depths = [Depth.PARSED, Depth.TAGGED, Depth.PARSED, Depth.WORDS]
    words = annotate(source, pipelines, depth=Depth.WORDS)
    order = {id(block): depth for block, depth in zip(words.blocks, depths, strict=True)}

    def depth_of(block: AnnotatedBlock) -> Depth:
        return order[id(block)]

    deep = deepened(words, pipelines, depth_of)

    wanted = [annotate(source, pipelines, depth=depth).blocks[n] for n, depth in enumerate(depths)]
    assert wanted == list(deep.blocks)
    assert deep.document == words.document


@pytest.mark.parametrize("size", [1, 7])
def test_tokens_do_not_depend_on_which_texts_go_through_the_network_together(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    pipelines = load_pipelines()
    usual = annotate(document(*map(paragraph, MANY)), pipelines)
    monkeypatch.setattr(sys.modules["checker.language.annotation"], "BATCH_UNITS", size)
    other = annotate(document(*map(paragraph, reversed(MANY))), pipelines)

    assert [block.units for block in usual.blocks] == [block.units for block in reversed(other.blocks)]
