"""Reads rule packs from YAML and tells every fault with its place."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError

from checker.model import Fault, RulePackError, RulePackInfo, UsageError
from checker.rulebook.schema import (
    ColumnsFile,
    ConceptFile,
    ElementsFile,
    ObservationsFile,
    PackFile,
    RequirementFile,
    StanceFile,
    Strict,
)
from checker.texts import read_yaml

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A rule file's name, text and parsed YAML."""

    name: str
    text: str
    data: Any

    def fault(self, path: Sequence[str | int], key: str, **fields: str) -> Fault:
        """Give a fault at the node that ``path`` leads to."""
        line, column = place_of(_with_places(self.text), path)
        lines = self.text.splitlines()
        source_line = lines[line - 1] if line <= len(lines) else ""
        return Fault(self.name, line, column, key, tuple(sorted(fields.items())), source_line)


@lru_cache(maxsize=16)
def _with_places(text: str) -> Any:
    """Parse YAML so that each node knows its place: slow, and wanted only where there is a fault."""
    return YAML(typ="rt").load(text)


@dataclass(slots=True)
class Pack:
    """A rule pack as its files stand."""

    name: str
    version: str = "0.0.0"
    title: Mapping[str, str] = field(default_factory=dict)
    uses: tuple[str, ...] = ()
    set_aside: tuple[tuple[str, tuple[str, ...]], ...] = ()
    source: SourceText | None = None
    sha256: str = ""
    concepts: dict[str, tuple[Any, SourceText]] = field(default_factory=dict)
    requirements: dict[str, tuple[RequirementFile, SourceText]] = field(default_factory=dict)
    stance: tuple[StanceFile, SourceText] | None = None
    columns: tuple[ColumnsFile, SourceText] | None = None
    elements: tuple[ElementsFile, SourceText] | None = None
    observations: tuple[ObservationsFile, SourceText] | None = None

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """The files that it was read from: pairs of name and text, by name."""
        alone = (self.stance, self.columns, self.elements, self.observations)
        sources = [source for _, source in (*self.concepts.values(), *self.requirements.values())]
        sources += [found[1] for found in alone if found is not None]
        if self.source is not None:
            sources.append(self.source)
        return tuple(sorted({source.name: source.text for source in sources}.items()))


def rules_root() -> Path:
    """Give the folder of the packs that come with the program."""
    packaged = Path(str(files("checker"))) / "rules"
    return packaged if packaged.is_dir() else Path(str(files("checker"))).parent / "rules"


def available_packs() -> tuple[str, ...]:
    """Give the names of the packs that come with the program and hold requirements."""
    return tuple(sorted(p.name for p in rules_root().iterdir() if (p / "requirements").is_dir()))


def pack_folder(name_or_path: str) -> Path:
    """Give the folder of a pack, by its name or its path.

    Raises:
        UsageError: there is no such pack.
    """
    for folder in (rules_root() / name_or_path, Path(name_or_path)):
        if (folder / "pack.yaml").is_file():
            return folder
    raise UsageError("rules.no_such_pack", name=name_or_path, known=", ".join(available_packs()))


def pack_infos(names: Sequence[str]) -> tuple[RulePackInfo, ...] | None:
    """Give what ``load_rules`` says of its packs, without reading more than their heads; None where it would fail.

    That the rest of their files can be read is not told.

    Raises:
        UsageError: there is no such pack.
    """
    infos: dict[str, RulePackInfo | None] = {}

    def add(name: str) -> None:
        folder = pack_folder(name)
        if folder.name in infos:
            return
        source, _ = _read_yaml("pack.yaml", (folder / "pack.yaml").read_bytes())
        head = source.data if source is not None and isinstance(source.data, dict) else {}
        for used in head.get("uses") or ():
            add(str(used))
        is_whole = isinstance(head.get("version"), str)
        infos[folder.name] = RulePackInfo(folder.name, head["version"], _sum_of(folder)) if is_whole else None

    for name in names:
        add(name)
    found = tuple(info for info in infos.values() if info is not None)
    return found if len(found) == len(infos) else None


def _sum_of(folder: Path) -> str:
    """Give the SHA-256 of a pack's files."""
    digest = hashlib.sha256()
    for name, raw in _files_of(folder):
        digest.update(name.encode() + b"\0" + raw.replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def _files_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Give the name within its pack and the bytes of each file, in order."""
    for path in sorted(folder.rglob("*.yaml"), key=lambda p: p.relative_to(folder).as_posix()):
        yield f"{folder.name}/{path.relative_to(folder).as_posix()}", path.read_bytes()


def read_pack(folder: Path) -> tuple[Pack, tuple[Fault, ...]]:
    """Read all files of a pack; faulty files are left out and their faults given."""
    faults: list[Fault] = []
    pack = Pack(folder.name, sha256=_sum_of(folder))
    for name, raw in _files_of(folder):
        source, fault = _read_yaml(name, raw)
        if source is None:
            faults.extend(fault)
            continue
        faults.extend(_take(pack, Path(*Path(name).parts[1:]), source))
    return pack, tuple(faults)


def _read_yaml(name: str, raw: bytes) -> tuple[SourceText | None, list[Fault]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, [Fault(name, 1, 1, "rules.not_utf8")]
    try:
        data = read_yaml(text)
    except DuplicateKeyError as error:
        return None, [_yaml_fault(name, text, error, "rules.duplicate_key")]
    except MarkedYAMLError as error:
        return None, [_yaml_fault(name, text, error, "rules.not_yaml")]
    return SourceText(name, text, data), []


def _yaml_fault(name: str, text: str, error: MarkedYAMLError, key: str) -> Fault:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines()
    problem = str(error.problem or "").splitlines()
    return Fault(
        name,
        line,
        column,
        key,
        (("problem", problem[0] if problem else ""),),
        lines[line - 1] if line <= len(lines) else "",
    )


def _take(pack: Pack, relative: Path, source: SourceText) -> Iterator[Fault]:
    """Put one file's content into the pack; give its faults."""
    top = relative.parts[0]
    if relative.as_posix() == "pack.yaml":
        about, faults = _validated(PackFile, source)
        yield from faults
        if about:
            pack.version, pack.title, pack.uses = about.version, about.title.model_dump(), about.uses
            pack.set_aside, pack.source = tuple(about.set_aside.items()), source
            if about.name != pack.name:
                yield source.fault(("name",), "rules.name_differs", found=about.name, expected=pack.name)
    elif top == "concepts":
        concepts, faults = _validated(ConceptFile, source)
        yield from faults
        for name, rule in (concepts.concepts if concepts else {}).items():
            if name in pack.concepts:
                yield source.fault(("concepts", name), "rules.concept_twice", name=name)
            else:
                pack.concepts[name] = (rule, source)
    elif top == "requirements":
        requirement, faults = _validated(RequirementFile, source)
        yield from faults
        if requirement:
            if requirement.id != relative.stem:
                yield source.fault(
                    ("id",), "rules.name_differs", found=requirement.id, expected=relative.stem
                )
            pack.requirements[requirement.id] = (requirement, source)
    elif relative.as_posix() in SHARED_FILES:
        slot, model = SHARED_FILES[relative.as_posix()]
        value, faults = _validated(model, source)
        yield from faults
        if value:
            setattr(pack, slot, (value, source))
    else:
        yield Fault(source.name, 1, 1, "rules.unknown_file")


SHARED_FILES: Mapping[str, tuple[str, type[Strict]]] = {
    "stance.yaml": ("stance", StanceFile),
    "columns.yaml": ("columns", ColumnsFile),
    "elements.yaml": ("elements", ElementsFile),
    "observations.yaml": ("observations", ObservationsFile),
}


def _validated(model: type[Model], source: SourceText) -> tuple[Model | None, list[Fault]]:
    try:
        return model.model_validate(source.data), []
    except ValidationError as error:
        return None, [_fault_of(source, item, model) for item in error.errors()]


def _fault_of(source: SourceText, item: Any, model: type[BaseModel]) -> Fault:
    path = [part for part in item["loc"] if part != "[key]"]
    kind = item["type"]
    if kind == "extra_forbidden":
        known = _keys_at(model, path[:-1])
        near = difflib.get_close_matches(str(path[-1]), known, n=1)
        if near:
            return source.fault(path, "rules.unknown_key_near", name=str(path[-1]), near=near[0])
        return source.fault(path, "rules.unknown_key", name=str(path[-1]), known=", ".join(known))
    if kind == "missing":
        return source.fault(path[:-1], "rules.key_missing", name=str(path[-1]))
    if kind in {"enum", "literal_error"}:
        expected = str(item.get("ctx", {}).get("expected", ""))
        return source.fault(path, "rules.not_one_of", found=str(item["input"]), expected=expected)
    return source.fault(path, "rules.wrong_value", found=str(item["input"])[:60], problem=item["msg"])


def _keys_at(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    """Give the keys that a rule file may have at ``path``; a list's index or a mapping's name leads to its model."""
    current: type[BaseModel] | None = model
    is_within = False
    for part in path:
        if current is None:
            return []
        info = None if is_within else current.model_fields.get(str(part))
        if info is None:
            is_within = False
            continue
        current = _model_in(info.annotation)
        is_within = not _is_model(info.annotation)
    return sorted(current.model_fields) if current is not None else []


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if _is_model(annotation):
        return cast(type[BaseModel], annotation)
    return next(filter(None, map(_model_in, get_args(annotation))), None)


def place_of(data: Any, path: Sequence[str | int]) -> tuple[int, int]:
    """Give line and column (from 1) of the node that ``path`` leads to, or of the last one that stands there."""
    line, column = 0, 0
    node = data
    for part in path:
        marks = getattr(node, "lc", None)
        if marks is None:
            break
        finder: Callable[[Any], Any] = marks.item if isinstance(node, list) else marks.key
        if isinstance(node, list) and not (isinstance(part, int) and part < len(node)):
            break
        if isinstance(node, Mapping) and part not in node:
            break
        line, column = finder(part)
        node = node[part]
    return line + 1, column + 1


def read_packs(names: Sequence[str]) -> tuple[Pack, ...]:
    """Read the packs named, and those they use, each once, the used ones first.

    Raises:
        UsageError: there is no such pack.
        RulePackError: a file of them is faulty; holds all faults of all packs.
    """
    packs: dict[str, Pack] = {}
    faults: list[Fault] = []

    def add(name: str) -> None:
        folder = pack_folder(name)
        if folder.name in packs:
            return
        pack, found = read_pack(folder)
        faults.extend(found)
        for used in pack.uses:
            add(used)
        packs[folder.name] = pack

    for name in names:
        add(name)
    if faults:
        raise RulePackError(tuple(sorted(faults)))
    return tuple(packs.values())
