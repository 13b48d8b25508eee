"""A change of rules looks again at every unit and line that it can touch."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest

from checker.language import Token
from checker.match import ConceptMatcher, RememberedHits, RuleChange, Trace, same_units, state_of
from checker.match.concepts import HasConcepts
from checker.match.lines import simple_tokens
from checker.model import Level
from checker.rulebook import Concept, Rulebook, load_rules, parse_term

SENTENCES = (
    "Rektor går på skolevandring i alle klasser hver høst.",
    "Leiinga vitjar klassane to gonger i året.",
    "Skulevandring er ikkje på plass.",
    "Rektr og inspektør besøker klassane.",
    "Klasse- og skolemiljøet følges opp av plangruppa.",
    "Lærerne observerer hverandre og gir tilbakemelding i uke 38.",
    "Trivselsleiaren deler ut «Trivselsprisen» i Granlitimen.",
    "Skolevandrng med tilbakemeling til læraren.",
    "MOT er et program for ungdom.",
    "Ansvar: rektor. Frist: 1. oktober.",
)
TERMS = (
    "skolevandring", "skulevandring", "besøke|vitje klasse", "klasse*", "*ledelse", "*miljø*", "^*timen", "=MOT",
    "'ingen", "uke <number>", "<number>", "gi ... tilbakemelding", "<leader> ... klasse", "tilbakemelding", "rektor",
    "inspektør", "klassemiljø", "skolemiljø", "trivselsleder", "observere", "frist", "<visit>",
)  # fmt: skip


@dataclass(frozen=True)
class Rules:
    concepts: dict[str, Concept]


def tokens_of(text: str) -> Sequence[Token]:
    return simple_tokens(text)


def rules_of(chance: random.Random) -> Rules:
    """Give three concepts with terms of chance, of which one may count as another."""
    concepts = {}
    for name in ("leader", "visit", "other"):
        terms = tuple(parse_term(text) for text in chance.sample(TERMS, 6))
        exclude = tuple(
            parse_term(text, strict=True) for text in chance.sample(TERMS[:-4], chance.randint(0, 2))
        )
        counts_as = (name, "other") if name == "visit" and chance.random() < 0.5 else (name,)
        concepts[name] = Concept(name, terms, exclude, chance.random() < 0.7, counts_as)
    return Rules(concepts)


def edited(rules: Rules, chance: random.Random) -> Rules:
    """Give the rules with one concept changed."""
    name = chance.choice(list(rules.concepts))
    concept = rules.concepts[name]
    terms = list(concept.terms)
    match chance.randint(0, 5):
        case 0:
            terms.append(parse_term(chance.choice(TERMS)))
        case 1:
            terms.pop(chance.randrange(len(terms)))
        case 2:
            terms.reverse()
        case 3:
            concept = replace(concept, fuzzy=not concept.fuzzy)
        case 4:
            concept = replace(
                concept, exclude=(*concept.exclude, parse_term(chance.choice(TERMS[:-4]), strict=True))
            )
        case _:
            concept = replace(concept, counts_as=(name, *(other for other in ("other",) if other != name)))
    return Rules({**rules.concepts, name: replace(concept, terms=tuple(dict.fromkeys(terms)))})


def rulebook_of(rules: HasConcepts, real: Rulebook) -> Rulebook:
    return replace(real, concepts=rules.concepts, requirements=())


@pytest.fixture(scope="module")
def real() -> Rulebook:
    return load_rules()


def traced(rules: HasConcepts) -> Trace:
    matcher = ConceptMatcher(rules)
    remembered = RememberedHits(lambda: matcher)
    for text in SENTENCES:
        remembered.hits(tokens_of(text), is_scanned="Rektr" in text)
    return remembered.trace(())


@pytest.mark.parametrize("seed", range(60))
def test_a_unit_that_is_not_touched_holds_the_same_concepts(seed: int, real: Rulebook) -> None:
    chance = random.Random(seed)
    before = rules_of(chance)
    after = edited(before, chance)
    trace = traced(before)

    old, new = rulebook_of(before, real), rulebook_of(after, real)
    touched = RuleChange(state_of(old), state_of(new), new).touched_units(trace)

    matcher = ConceptMatcher(after)
    others = set(range(len(trace.units))) - touched
    assert same_units(matcher, trace, others)


def test_a_rare_term_touches_only_the_units_that_may_hold_it(real: Rulebook) -> None:
    def with_terms(*terms: str) -> Rulebook:
        concepts = {"visit": Concept("visit", tuple(map(parse_term, terms)), (), True, ("visit",))}
        return rulebook_of(Rules(concepts), real)

    old, new = with_terms("klasse uke"), with_terms("klasse uke", "vitje klasse")
    trace = traced(old)

    assert RuleChange(state_of(old), state_of(new), new).touched_units(trace) == {1}
    assert RuleChange(state_of(old), state_of(old), old).touched_units(trace) == frozenset()
    assert len(RuleChange(None, state_of(new), new).touched_units(trace)) == len(SENTENCES)


def test_a_changed_unit_is_told_from_one_that_holds_the_same() -> None:
    before = Rules({"visit": Concept("visit", (parse_term("klasse"),), (), True, ("visit",))})
    after = Rules(
        {"visit": Concept("visit", (parse_term("klasse"), parse_term("rektor")), (), True, ("visit",))}
    )
    trace = traced(before)

    assert same_units(ConceptMatcher(after), trace, {1, 2})
    assert not same_units(ConceptMatcher(after), trace, {0})


def test_what_was_found_is_remembered_without_the_matcher() -> None:
    rules = rules_of(random.Random(4))
    trace = traced(rules)
    matcher = ConceptMatcher(rules)

    def fails() -> Any:
        raise AssertionError("the matcher was asked")

    remembered = RememberedHits(fails, trace)
    for text in SENTENCES:
        scanned = "Rektr" in text
        expected = matcher.hits(tokens_of(text), is_scanned=scanned)
        found = remembered.hits(tokens_of(text), is_scanned=scanned)
        assert dict(expected) == dict(found)
        assert [name for name in expected if name not in found] == []
        assert found.get("nothing", ()) == ()
    assert remembered.trace(()) == trace
    with pytest.raises(AssertionError, match="the matcher was asked"):
        RememberedHits(fails, trace, {0}).hits(tokens_of(SENTENCES[0]))


def test_a_pattern_matters_where_its_concepts_stand_in_a_line(real: Rulebook) -> None:
    first = next(r for r in real.requirements if r.id == "KL-102")
    pattern = first.patterns[0]
    new = replace(
        real,
        requirements=tuple(
            replace(r, patterns=r.patterns[1:]) if r.id == "KL-102" else r for r in real.requirements
        ),
    )
    names = tuple(group[0] for group in pattern.all)
    change = RuleChange(state_of(real), state_of(new), new)
    caught = Trace((), names, (), (tuple(range(len(names))),))
    nothing = Trace((), ("no_such_concept",), (), ((0,),))

    assert change.may_change_patterns(caught, Level.SCHOOL, frozenset())
    assert not change.may_change_patterns(nothing, Level.SCHOOL, frozenset())
    assert not change.may_change_patterns(caught, Level.OWNER, frozenset())


def test_what_all_rules_share_matters_everywhere(real: Rulebook) -> None:
    new = replace(real, practice_verbs=real.practice_verbs[1:])

    assert RuleChange(state_of(real), state_of(new), new).is_everything
    assert not RuleChange(state_of(real), state_of(real), real).is_everything
