"""Reads the treebank archives: UD sentences of both written forms, nynorsk with the features UD lost there.

The folder holds ``silver-ud-nob-train.conllu.xz`` and ``silver-ud-nno-train.conllu.xz`` (training), UD files
``no_bokmaal-ud-*.conllu.gz`` and ``no_nynorsk-ud-*.conllu.gz`` (dev and test), and NDT itself in
``ndt-nob.tar.xz`` and ``ndt-nno.tar.xz``.
"""

from __future__ import annotations

import gzip
import lzma
import tarfile
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

TREEBANKS = {"nb": ("nob", "bokmaal"), "nn": ("nno", "nynorsk")}
LOST_FEATURES = {"eint": ("Number", "Sing"), "bu": ("Definite", "Def"), "st-form": ("Voice", "Pass")}
"""NDT's nynorsk features that UD's conversion left out, and what the bokmål conversion makes of theirs."""

WITH_NUMBER_AND_DEFINITE = frozenset({"ADJ", "DET", "NOUN", "NUM", "PRON"})
CLASSES_ALIGNED = frozenset({"ADJ", "DET", "PRON"})
FEATURES_ALIGNED = frozenset({"NumType", "Polarity", "PronType"})
LEAST_SEEN = 5
"""The silver conversion gives nynorsk's closed classes features of their own; they are aligned with dev's."""

CLAUSE_MARK = ("|", "clb")

Row = list[str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the treebank, one entry a token in each tuple; a head is an index, a root's its own.

    ``ends_block`` says that NDT marks its end as that of a heading or item; known for dev and test only.
    """

    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    lemmas: tuple[str, ...]
    pos: tuple[str, ...]
    features: tuple[str, ...]
    heads: tuple[int, ...]
    deps: tuple[str, ...]
    ends_block: bool = False

    @property
    def text(self) -> str:
        """The sentence's text."""
        parts = zip(self.words, self.spaces, strict=True)
        return "".join(word + (" " if space else "") for word, space in parts).rstrip()


@dataclass(frozen=True, slots=True)
class Treebank:
    """The sentences of one written form, by use."""

    train: tuple[Sentence, ...]
    dev: tuple[Sentence, ...]
    test: tuple[Sentence, ...]


def read_treebank(folder: Path) -> dict[str, Treebank]:
    """Give the treebank of each written form ("nb", "nn")."""
    treebanks = {}
    for form, (ndt_name, ud_name) in TREEBANKS.items():
        ndt = _ndt_rows(folder / f"ndt-{ndt_name}.tar.xz")
        train = _sentences(lzma.decompress((folder / f"silver-ud-{ndt_name}-train.conllu.xz").read_bytes()))
        dev, test = (
            _sentences(gzip.decompress((folder / f"no_{ud_name}-ud-{part}.conllu.gz").read_bytes()))
            for part in ("dev", "test")
        )
        dev, test = ([_mended(sentence, form, ndt) for sentence in part] for part in (dev, test))
        usual = _usual_features(dev)
        attested = {entry for sentence in dev for entry in zip(sentence.pos, sentence.features, strict=True)}
        treebanks[form] = Treebank(
            tuple(_as_usual(sentence, usual, attested) for sentence in train), tuple(dev), tuple(test)
        )
    return treebanks


def _sentences(data: bytes) -> list[Sentence]:
    return [_sentence(rows) for rows in _row_groups(data.decode("utf-8"))]


def _row_groups(text: str) -> Iterator[list[Row]]:
    """Give the rows of each sentence of a CoNLL file."""
    rows: list[Row] = []
    for line in text.removeprefix("\ufeff").splitlines():
        if not line.strip():
            if rows:
                yield rows
            rows = []
        elif not line.startswith("#"):
            rows.append(line.split("\t"))
    if rows:
        yield rows


def _sentence(rows: list[Row]) -> Sentence:
    heads = [int(row[6]) for row in rows]
    return Sentence(
        words=tuple(row[1] for row in rows),
        spaces=tuple("SpaceAfter=No" not in row[9] for row in rows),
        lemmas=tuple(row[2].removeprefix("$") if row[3] == "PUNCT" else row[2] for row in rows),
        pos=tuple(row[3] for row in rows),
        features=tuple(_sorted_features(row[5].replace("Gender=Fem,Masc", "Gender=Com")) for row in rows),
        heads=tuple(number if head == 0 else head - 1 for number, head in enumerate(heads)),
        deps=tuple("ROOT" if head == 0 else row[7] for head, row in zip(heads, rows, strict=True)),
    )


def _usual_features(dev: Iterable[Sentence]) -> Mapping[tuple[str, str], frozenset[str]]:
    """Give which word class features the determiners, pronouns and adjectives of dev usually have."""
    counts: dict[tuple[str, str], Counter[frozenset[str]]] = defaultdict(Counter)
    for sentence in dev:
        for word, pos, features in zip(sentence.words, sentence.pos, sentence.features, strict=True):
            if pos in CLASSES_ALIGNED:
                counts[word.lower(), pos][_class_features(features)] += 1
    return {
        key: max(of_word, key=lambda features: (of_word[features], sorted(features)))
        for key, of_word in counts.items()
        if of_word.total() >= LEAST_SEEN
    }


def _class_features(features: str) -> frozenset[str]:
    return frozenset(entry for entry in features.split("|") if entry.partition("=")[0] in FEATURES_ALIGNED)


def _as_usual(
    sentence: Sentence,
    usual: Mapping[tuple[str, str], frozenset[str]],
    attested: Container[tuple[str, str]],
) -> Sentence:
    """Give a converted sentence with the word class features that its words usually have in UD itself.

    Only where UD has the features that come out of it.
    """
    features = []
    for word, pos, own in zip(sentence.words, sentence.pos, sentence.features, strict=True):
        wanted = usual.get((word.lower(), pos))
        if wanted is not None and wanted != _class_features(own):
            kept = [e for e in own.split("|") if e != "_" and e.partition("=")[0] not in FEATURES_ALIGNED]
            aligned = "|".join(sorted([*kept, *wanted])) or "_"
            features.append(aligned if (pos, aligned) in attested else own)
        else:
            features.append(own)
    return replace(sentence, features=tuple(features))


def _sorted_features(features: str) -> str:
    """Give the features in spaCy's order, which tells capitals from small letters."""
    return "|".join(sorted(features.split("|")))


def _ndt_rows(archive: Path) -> Mapping[tuple[str, ...], list[Row]]:
    """Give the rows of each NDT sentence by its words; of one that stands more than once, the first."""
    sentences: dict[tuple[str, ...], list[Row]] = {}
    with tarfile.open(archive, "r:xz") as tar:
        for member in sorted(tar.getmembers(), key=lambda member: member.name):
            stream = tar.extractfile(member) if member.name.endswith(".conll") else None
            if stream is None:
                continue
            for rows in _row_groups(stream.read().decode("utf-8-sig")):
                sentences.setdefault(tuple(row[1] for row in rows if not _is_clause_mark(row)), rows)
    return sentences


def _is_clause_mark(row: Row) -> bool:
    return (row[1], row[3]) == CLAUSE_MARK


def _mended(sentence: Sentence, form: str, ndt: Mapping[tuple[str, ...], list[Row]]) -> Sentence:
    """Give the sentence with block ends as NDT has them, for nynorsk also singular, definite and passive."""
    rows = ndt.get(sentence.words)
    if rows is None:
        return sentence
    sentence = replace(sentence, ends_block=_is_clause_mark(rows[-1]))
    if form != "nn":
        return sentence
    own = [row[5].split("|") for row in rows if not _is_clause_mark(row)]
    entries = zip(sentence.features, sentence.pos, own, strict=True)
    return replace(sentence, features=tuple(_with_lost(*entry) for entry in entries))


def _with_lost(features: str, pos: str, ndt: Iterable[str]) -> str:
    values = dict(entry.split("=", 1) for entry in features.split("|") if entry != "_")
    for name in ndt:
        feature, value = LOST_FEATURES.get(name, ("", ""))
        fits = pos == "VERB" if feature == "Voice" else pos in WITH_NUMBER_AND_DEFINITE
        if feature and fits:
            values[feature] = value
    return "|".join(f"{name}={value}" for name, value in sorted(values.items())) or "_"
