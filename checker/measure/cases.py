"""Lays a report beside an answer key: one case a finding, one an observation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from checker.measure.gold import NO_DOCUMENTS, Gold, GoldFinding, Split, nfc
from checker.measure.quotes import shows_the_same
from checker.model import ElementKind, Level, Status

WRITTEN_FORMS = ("nb", "nn")


@dataclass(frozen=True, slots=True)
class Got:
    """What our report says.

    Args:
        quotes: ``(document inside the school's folder, quote)``, best first.
        is_marked: whether the report asks to look at the finding by hand.
    """

    status: Status
    missing: tuple[ElementKind, ...] = ()
    subthemes: tuple[str, ...] = ()
    conflict: bool = False
    reason: str | None = None
    quotes: tuple[tuple[str, str], ...] = ()
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One finding of the key beside ours.

    Args:
        written_form: nb or nn, the one that most of the school's documents are in, else the school list's.
        format: of the document that the key's best evidence stands in; None without evidence.
        got: None where our report has no such finding.
    """

    expected: GoldFinding
    got: Got | None
    is_tuned: bool
    written_form: str | None = None
    format: str | None = None

    @property
    def is_counted(self) -> bool:
        """Whether the case is part of the rates: not for a school that sent nothing."""
        return self.expected.reason != NO_DOCUMENTS

    @property
    def is_right(self) -> bool:
        """Whether our status is right."""
        return self.got is not None and self.expected.accepts(self.got.status)

    @property
    def right_status(self) -> Status:
        """The key's status; ours where the key accepts it."""
        return self.got.status if self.got is not None and self.is_right else self.expected.status

    @property
    def both_partial(self) -> bool:
        """Whether both call it partial, so that the missing elements can be compared."""
        return (
            self.got is not None
            and self.got.status == Status.PARTIAL
            and self.expected.status == Status.PARTIAL
        )

    @property
    def evidence_hit(self) -> bool | None:
        """Whether an evidence of ours shows a place of the key's; None: wrong status, or nothing to cite."""
        if self.got is None or not self.is_right or not self.expected.evidence:
            return None
        return any(
            document == wanted.document and shows_the_same(quote, wanted.quote)
            for document, quote in self.got.quotes
            for wanted in self.expected.evidence
        )


@dataclass(frozen=True, slots=True)
class ObservationCase:
    """An observation that the key, our report or both have on a document of the key."""

    school: str
    document: str
    id: str
    in_key: bool
    in_ours: bool
    is_tuned: bool
    written_form: str | None = None

    @property
    def format(self) -> str | None:
        """The document's format, by its ending."""
        return _format(self.document)


def cases_of(report: Mapping[str, Any], gold: Gold, split: Split) -> tuple[Case, ...]:
    """Give one case for each finding of the key, in the key's order."""
    schools = _schools(report, gold)
    paths = _paths(report, schools)
    forms = _written_forms(report, schools, gold)
    got = {
        (name, finding["requirement"]): _got(finding, paths)
        for finding in report["findings"]
        if (name := schools.get(finding["school"])) is not None
    }
    return tuple(
        Case(
            expected=expected,
            got=got.get((expected.school, expected.requirement)),
            is_tuned=split.is_tuned(expected.school),
            written_form=forms.get(expected.school),
            format=_format(expected.evidence[0].document) if expected.evidence else None,
        )
        for expected in gold.findings
    )


def observation_cases_of(report: Mapping[str, Any], gold: Gold, split: Split) -> tuple[ObservationCase, ...]:
    """Give one case for each (document, observation) that the key or our report has.

    Documents that the key does not list (archives, the school list) are nothing it can judge, so ours there
    are left out.
    """
    schools = _schools(report, gold)
    paths = _paths(report, schools)
    forms = _written_forms(report, schools, gold)
    ours: dict[str, tuple[str, ...]] = {}
    for document in report["documents"]:
        name = schools.get(document["school"])
        if name is not None:
            ids = dict.fromkeys(observation["id"] for observation in document["observations"])
            ours[f"{name}/{paths[document['id']]}"] = tuple(ids)
    return tuple(
        ObservationCase(
            school=document.school,
            document=document.path,
            id=id_,
            in_key=id_ in document.observations,
            in_ours=id_ in ours.get(document.path, ()),
            is_tuned=split.is_tuned(document.school),
            written_form=forms.get(document.school),
        )
        for document in gold.documents
        for id_ in sorted({*document.observations, *ours.get(document.path, ())})
    )


def absent_schools(report: Mapping[str, Any], gold: Gold) -> tuple[str, ...]:
    """Give the key's schools that our report does not have, in the key's order."""
    found = frozenset(_schools(report, gold).values())
    return tuple(school for school in gold.schools if school not in found)


def _schools(report: Mapping[str, Any], gold: Gold) -> dict[str, str]:
    """Give our ids with the key's names: by id, folder or name; the owner by its level."""
    schools = [s for s in report["schools"] if s["municipality"] in (None, gold.name)] or report["schools"]
    names = {_fold(school): school for school in gold.schools if school != gold.owner}
    found: dict[str, str] = {}
    for school in schools:
        if school["level"] == Level.OWNER:
            found[school["id"]] = gold.owner
            continue
        keys = (school["id"], school["id"].split("/")[-1], school["folder"], school["name"])
        name = next((names[_fold(key)] for key in keys if key and _fold(key) in names), None)
        if name is not None and name not in found.values():
            found[school["id"]] = name
    return found


def _paths(report: Mapping[str, Any], schools: Mapping[str, str]) -> dict[str, str]:
    """Give our document ids with the path inside the school's folder, as the key has it."""
    by_id = {school["id"]: school for school in report["schools"]}
    paths: dict[str, str] = {}
    for document in report["documents"]:
        path, school = nfc(document["path"]), by_id.get(document["school"])
        if school is not None and school["id"] in schools:
            path = _inside(path, school["folder"], is_owner=school["level"] == Level.OWNER)
        paths[document["id"]] = path
    return paths


def _inside(path: str, folder: str | None, *, is_owner: bool) -> str:
    """Give what follows the school's folder, which may lie in a municipality's folder or an archive."""
    if folder:
        _, found, inside = f"/{path}".partition(f"/{nfc(folder)}/")
        if found:
            return inside
    if is_owner and "/" in path:
        return path.split("/", 1)[1]
    return path


def _written_forms(report: Mapping[str, Any], schools: Mapping[str, str], gold: Gold) -> dict[str, str]:
    languages: dict[str, Counter[str]] = {}
    for document in gold.documents:
        if document.language in WRITTEN_FORMS:
            languages.setdefault(document.school, Counter())[document.language] += 1
    forms = {school: counts.most_common(1)[0][0] for school, counts in languages.items()}
    for school in report["schools"]:
        name = schools.get(school["id"])
        if name is not None and name not in forms and school.get("written_form") in WRITTEN_FORMS:
            forms[name] = school["written_form"]
    return forms


def _got(finding: Mapping[str, Any], paths: Mapping[str, str]) -> Got:
    return Got(
        status=Status(finding["status"]),
        missing=tuple(ElementKind(kind) for kind in finding["missing"]),
        subthemes=tuple(finding["subthemes"]),
        conflict=bool(finding["conflict"]),
        reason=finding["reason"],
        quotes=tuple(_quotes(finding, paths)),
        is_marked=finding.get("review") is not None,
    )


def _quotes(finding: Mapping[str, Any], paths: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for evidence in finding["evidence"]:
        yield paths.get(evidence["document"], evidence["document"]), evidence["quote"]


def _format(path: str) -> str | None:
    return PurePosixPath(path).suffix.lstrip(".").lower() or None


def _fold(name: str) -> str:
    return " ".join(nfc(name).casefold().split())
