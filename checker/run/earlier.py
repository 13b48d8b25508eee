"""What earlier runs found in files: taken as it is, taken as it would be found today, or looked at again in part."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from checker.match import RuleChange, RuleState, Trace, is_practised, state_of
from checker.model import Level, Passage, SourceFile
from checker.rulebook import Rulebook
from checker.run.judged import FileJob, JudgedDocument
from checker.run.kept import Codecs
from checker.store import Codec, Layer, Store, key_of

WITH_EXAMPLES = frozenset({"lacks", "topic_not_near"})
"""Near misses of these reasons show examples of what they lack, which change with the rules."""


def traces_key(key: str) -> str:
    """Give the key of a file's traces."""
    return key_of("traces", key)


def words_key(key: str) -> str:
    """Give the key of a file's words."""
    return key_of("words", key)


class EarlierFiles:
    """What earlier runs found in files, seen by the rules of today.

    Args:
        rulebook: the rules of today.
        observed_by: key of the day, the schools and the language of today.
        levels: of schools and owners.
    """

    def __init__(
        self, store: Store, rulebook: Rulebook, observed_by: str, levels: Mapping[str, Level]
    ) -> None:
        self._store = store
        self._rulebook = rulebook
        self._observed_by = observed_by
        self._codecs = Codecs()
        self._states: Codec[RuleState] = Codec(RuleState)
        self._levels = levels
        self._state = state_of(rulebook)
        data = self._states.written(self._state) or b""
        self.rules = key_of("rules", hashlib.sha256(data).hexdigest())
        """Key of the rules of today."""
        self._changes: dict[str, RuleChange] = {}
        if data and not store.has(self.rules):
            store.put(self.rules, Layer.RULES, data)

    def of_file(
        self, file: SourceFile, key: str | None, sha256: str | None
    ) -> tuple[JudgedDocument, ...] | FileJob:
        """Give what is found in a file by the rules of today, or the job that finds it.

        Args:
            key: by which what is found in it is kept, None where it can't be.
            sha256: of its bytes, None where it can't be read.
        """
        data = self._store.get(key) if key is not None else None
        kept = self._codecs.file.read(data) if data is not None else None
        if key is None or kept is None:
            return FileJob(file, sha256, key)
        is_observed = kept.observed_by == self._observed_by
        if is_observed and kept.rules == self.rules:
            return kept.judged
        data = self._store.get(traces_key(key))
        traces = self._codecs.traces.read(data) if data is not None else None
        has_one_school = file.school is not None and not file.member_schools
        if traces is None or not (is_observed or has_one_school) or not self._store.has(words_key(key)):
            return FileJob(file, sha256, key)
        change = self._change(traces.rules)
        changed = tuple(change.touched_units(trace) for trace in traces.traces)
        if not is_observed or kept.rules != traces.rules:
            return FileJob(file, sha256, key, changed, traces.rules)
        seen = [self._seen(*pair, change) for pair in zip(kept.judged, traces.traces, strict=True)]
        judged = tuple(item for item in seen if item is not None)
        if len(judged) < len(seen):
            return FileJob(file, sha256, key, changed, traces.rules)
        return FileJob(file, sha256, key, changed, traces.rules, judged) if any(changed) else judged

    def _seen(self, judged: JudgedDocument, trace: Trace, change: RuleChange) -> JudgedDocument | None:
        """Give what is found in a document whose concepts are the same; None where patterns may find other passages."""
        answered = frozenset(passage.requirement for passage in judged.passages if is_practised(passage))
        if change.may_change_patterns(trace, self._levels.get(judged.school or ""), answered):
            return None
        near = _reworded(judged.near, change)
        if near is None:
            return None
        return judged if near == judged.near else replace(judged, near=near)

    def _change(self, rules: str) -> RuleChange:
        if rules not in self._changes:
            data = self._store.get(rules)
            old = self._states.read(data) if data is not None else None
            self._changes[rules] = RuleChange(old, self._state, self._rulebook)
        return self._changes[rules]


def _reworded(near: Sequence[Passage], change: RuleChange) -> tuple[Passage, ...] | None:
    """Give near misses with the examples that the rules of today have."""
    today = []
    for passage in near:
        words = passage.stance_cue
        if passage.why_not in WITH_EXAMPLES:
            words_today = change.reworded(words)
            if words_today is None:
                return None
            words = words_today
        today.append(passage if words == passage.stance_cue else replace(passage, stance_cue=words))
    return tuple(today)
