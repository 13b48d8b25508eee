"""The package's spaCy components: sentences, lemmas and written form, usable in any Norwegian pipeline.

``Doc._.written_form`` holds "nb", "nn" or None; where it is set beforehand, the components keep to it.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from checker.language.forms import form_of
from checker.language.lemmas import best_lemma
from checker.language.sentences import sentence_spans


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
    """Sets each token's lemma by word lists, compounds and endings."""

    def __call__(self, doc: Doc) -> Doc:
        """Give the document with lemmas."""
        form = doc._.written_form
        for token in doc:
            token.lemma_ = best_lemma(token.text, form, token.pos_, str(token.morph))
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


Language.factory("skolesjekk_form", assigns=["doc._.written_form"], func=make_form)
Language.factory("skolesjekk_sentences", assigns=["token.is_sent_start", "doc.sents"], func=make_sentences)
Language.factory("skolesjekk_lemmatizer", assigns=["token.lemma"], func=make_lemmatizer)
