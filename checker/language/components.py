"""The package's spaCy components: sentences, lemmas and written form, usable in any Norwegian pipeline.

``Doc._.written_form`` holds "nb", "nn" or None; where it is set beforehand, the components keep to it.
"""

from __future__ import annotations

import numpy as np
from spacy.attrs import LEMMA, MORPH, ORTH, POS
from spacy.language import Language
from spacy.strings import StringStore
from spacy.tokens import Doc

from checker.language.forms import form_of
from checker.language.lemmas import best_lemma
from checker.language.sentences import sentence_spans
from checker.language.words import word_lists


class WrittenForm:
    """Sets ``Doc._.written_form`` where it is not set yet."""

    def __call__(self, doc: Doc) -> Doc:
        """Give the document with its form set."""
        if doc._.written_form is None:
            doc._.written_form = form_of(doc.text)
        return doc


class Sentences:
    """Sets sentence starts by punctuation; a parser behind it keeps to them."""

    def __call__(self, doc: Doc) -> Doc:
        """Give the document with a start at the first token of each sentence and none elsewhere."""
        starts = {start for start, _ in sentence_spans(doc.text)}
        pending = False
        for token in doc:
            pending = pending or any(start in starts for start in range(token.idx, token.idx + len(token)))
            is_start = token.i == 0 or (pending and not token.is_space)
            token.is_sent_start = is_start
            pending = pending and not is_start
        return doc


class Lemmatizer:
    """Sets each token's lemma by word lists, compounds and endings.

    Keeps the lemma of each word type for the next text, as the vocabulary keeps the words.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str | None, int, int, int], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Give the document with lemmas."""
        form = doc._.written_form
        lemmas = []
        for word, pos, features in doc.to_array((ORTH, POS, MORPH)).tolist():
            key = (form, word, pos, features)
            lemma = self._known.get(key)
            if lemma is None:
                lemma = self._known[key] = _lemma_id(doc.vocab.strings, *key)
            lemmas.append(lemma)
        doc.from_array((LEMMA,), np.array(lemmas, dtype="uint64").reshape(-1, 1))
        return doc


def _lemma_id(strings: StringStore, form: str | None, word: int, pos: int, features: int) -> int:
    lemma = best_lemma(strings[word], form, strings[pos], strings[features].removeprefix("_"))
    number: int = strings.add(lemma)
    return number


class OfficialLabels:
    """Gives the labels of spaCy's official bokmål models the names that our own pipeline has for them.

    Particles of verbs, possessive attributes and relative words only; the rest of the two schemes is alike.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Give the document with our labels."""
        names = word_lists("official_labels")
        for token in doc:
            pos = names["parts_of_speech"].get(token.dep_)
            relative = names["relative"].get(token.lower_) if token.pos_ == "PRON" else None
            if relative is not None:
                token.pos_, token.dep_ = relative
                token.set_morph("")
            elif token.dep_ in names["relations"]:
                token.dep_ = names["relations"][token.dep_]
                token.pos_ = pos or token.pos_
        return doc


def _with_extension() -> None:
    if not Doc.has_extension("written_form"):
        Doc.set_extension("written_form", default=None)


def make_form(nlp: Language, name: str) -> WrittenForm:
    """Make the component that tells bokmål from nynorsk."""
    _with_extension()
    return WrittenForm()


def make_sentences(nlp: Language, name: str) -> Sentences:
    """Make the component that finds sentences by punctuation."""
    return Sentences()


def make_lemmatizer(nlp: Language, name: str) -> Lemmatizer:
    """Make the component that gives dictionary forms."""
    _with_extension()
    return Lemmatizer()


def make_official_labels(nlp: Language, name: str) -> OfficialLabels:
    """Make the component that renames the labels of official bokmål models."""
    return OfficialLabels()


Language.factory("skolesjekk_official_labels", func=make_official_labels)
Language.factory("skolesjekk_form", assigns=["doc._.written_form"], func=make_form)
Language.factory("skolesjekk_sentences", assigns=["token.is_sent_start", "doc.sents"], func=make_sentences)
Language.factory("skolesjekk_lemmatizer", assigns=["token.lemma"], func=make_lemmatizer)
