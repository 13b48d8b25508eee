"""The texts that rules are measured on and tuned with: corpus documents, labelled passages and sentences, examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import Field

from checker.extract import Readers, extract, extract_file
from checker.intake import take_in
from checker.measure.errors import PassageFileError
from checker.measure.files import Entry, read_yaml, validated
from checker.measure.gold import RequirementId, Split, load_split
from checker.measure.passages import LabelledText, load_passages
from checker.model import Document, Level
from checker.rulebook import Rulebook

SPLIT = "split.json"
GOLD = "gold"
PASSAGES = "passages"
SENTENCES = "sentences"

Kind = Literal["document", "passage", "sentence", "example"]


@dataclass(frozen=True, slots=True)
class Corpus:
    """A municipality's folder with its answer key and split; without a split nothing is kept apart."""

    name: str
    folder: Path
    gold: Path
    split: Split | None


@dataclass(frozen=True, slots=True)
class CorpusText:
    """A text with where it comes from.

    Args:
        id: a document's path in the corpus, a passage's id, an example's requirement and name.
        is_apart: kept for measuring: what stands in it is never shown, only counted.
        requirement: that an example belongs to, or a sentence was labelled for.
    """

    id: str
    kind: Kind
    document: Document
    level: Level = Level.SCHOOL
    is_apart: bool = False
    requirement: str | None = None


class _Sentence(Entry):
    requirement: RequirementId = Field(alias="r")
    says: str = Field(alias="s")
    text: str = Field(alias="t")
    subtheme: str | None = Field(default=None, alias="sub")
    held: bool = False


def corpora_in(folder: Path) -> tuple[Corpus, ...]:
    """Give the municipalities of the corpus folder that have a key, by name.

    Raises:
        GoldError: the split is faulty.
    """
    keys = sorted((folder / GOLD).glob("*.json"), key=lambda path: path.name)
    return tuple(
        Corpus(key.stem, folder / key.stem, key, load_split(key.parent / SPLIT, key.stem))
        for key in keys
        if key.name != SPLIT and (folder / key.stem).is_dir()
    )


def corpus_documents(corpus: Corpus, readers: Readers) -> Iterator[CorpusText]:
    """Give the documents of a municipality, those in archives and mails too, in the order of their paths."""
    intake = take_in(corpus.folder)
    schools = {school.id: school for school in intake.schools}
    for file in sorted(intake.files, key=lambda file: file.path):
        school = schools.get(file.school or "")
        if file.ignored is not None or school is None:
            continue
        is_apart = corpus.split is not None and not corpus.split.is_tuned(school.folder or school.name)
        for document in _with_inner(extract_file(file.location, path=file.path, readers=readers)):
            if document.blocks:
                name = f"{corpus.name}/{document.path}"
                yield CorpusText(name, "document", document, school.level, is_apart)


def passage_texts(texts: Iterable[LabelledText]) -> Iterator[CorpusText]:
    """Give labelled passages as documents."""
    for text in texts:
        document = _document(text.text, text.title)
        yield CorpusText(text.id, "passage", document, text.level, text.is_held)


def sentence_texts(folder: Path, rulebook: Rulebook) -> Iterator[CorpusText]:
    """Give the labelled sentences in the YAML files of ``folder``, each as a document of its requirement's level.

    Raises:
        PassageFileError: an entry is faulty.
    """
    for file in sorted(folder.glob("*.yaml"), key=lambda path: path.name):
        for number, item in enumerate(read_yaml(file, error=PassageFileError), start=1):
            entry = validated(_Sentence, item, file=file.name, place=(str(number),), error=PassageFileError)
            requirement = rulebook.requirement(entry.requirement)
            yield CorpusText(
                f"{file.stem}/{number}",
                "sentence",
                _document(entry.text, ""),
                requirement.level if requirement is not None else Level.SCHOOL,
                is_apart=entry.held,
                requirement=entry.requirement,
            )


def example_texts(rulebook: Rulebook) -> Iterator[CorpusText]:
    """Give the examples of all rules as documents."""
    for requirement in rulebook.requirements:
        for example in requirement.examples:
            yield CorpusText(
                f"{requirement.id}/{example.form}/{example.name}",
                "example",
                _document(example.text, ""),
                requirement.level,
                requirement=requirement.id,
            )


def all_texts(folder: Path, rulebook: Rulebook, readers: Readers) -> Iterator[CorpusText]:
    """Give all texts of a corpus folder: documents with a key, labelled passages and labelled sentences.

    Raises:
        MeasureError: a key, a split or a file of labelled texts is faulty.
    """
    for corpus in corpora_in(folder):
        yield from corpus_documents(corpus, readers)
    if (folder / PASSAGES).is_dir():
        yield from passage_texts(load_passages(folder / PASSAGES))
    if (folder / SENTENCES).is_dir():
        yield from sentence_texts(folder / SENTENCES, rulebook)


def folder_texts(folder: Path, rulebook: Rulebook, readers: Readers) -> Iterator[CorpusText]:
    """Give the texts of a corpus folder, or the documents of one municipality.

    Where a split lies beside the municipality, as in a corpus, it says what is kept apart.

    Raises:
        MeasureError: the split is faulty.
        FolderError: there is no such folder, or it holds nothing like a school.
    """
    if (folder / GOLD).is_dir():
        yield from all_texts(folder, rulebook, readers)
        return
    split = folder.resolve().parent / GOLD / SPLIT
    name = folder.resolve().name
    schools = load_split(split, name) if split.is_file() else None
    yield from corpus_documents(Corpus(name, folder, split, schools), readers)


def _document(markdown: str, title: str) -> Document:
    document = extract(markdown.encode(), path="text.md")
    return replace(document, title=title or document.title)


def _with_inner(document: Document) -> Iterator[Document]:
    yield document
    for inner in document.attachments:
        yield from _with_inner(inner)
