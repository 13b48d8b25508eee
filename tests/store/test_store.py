"""The cache's file: many may use it at once, no kill or damage spoils more than time."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import checker.store.database as database
from checker.model import Block, BlockKind, Document, ReadStatus
from checker.store import Codec, KnownFiles, Layer, Store, cache_file, key_of, remove_cache

Told = list[tuple[str, dict[str, str]]]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "home" / "cache.sqlite3"


@pytest.fixture
def told() -> Told:
    return []


def opened(place: Path, told: Told, **options: int) -> Store:
    return Store(place, tell=lambda key, fields: told.append((key, fields)), **options)


def test_what_is_put_is_there_for_the_next_run(place: Path, told: Told) -> None:
    with opened(place, told) as store:
        store.put("a", Layer.READ, b"one")
        store.put("a", Layer.READ, b"two")

    with opened(place, told) as store:
        assert (store.get("a"), store.get("b")) == (b"two", None)
        assert store.info().layers == (("read", 1, 3),)
    assert told == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_owner_may_read_it(place: Path, told: Told) -> None:
    with opened(place, told) as store:
        store.put("a", Layer.READ, b"one")
        modes = {stat.S_IMODE(file.stat().st_mode) for file in place.parent.iterdir()}

        assert {0o600} == modes
        assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_made_anew_and_told(content: bytes, place: Path, told: Told) -> None:
    place.parent.mkdir()
    place.write_bytes(content)

    with opened(place, told) as store:
        store.put("a", Layer.READ, b"one")
        assert store.get("a") == b"one"
    assert [key for key, _ in told] == ["store.rebuilt"]


def test_a_file_that_is_cut_off_is_made_anew_and_told(place: Path, told: Told) -> None:
    with opened(place, told) as store:
        for number in range(50):
            store.put(f"{number}", Layer.READ, os.urandom(20_000))
    with place.open("r+b") as file:
        file.truncate(place.stat().st_size // 2)

    with opened(place, told) as store:
        found = [store.get(f"{number}") for number in range(50)]
        store.put("new", Layer.READ, b"one")
        assert store.get("new") == b"one"
    assert None in found
    assert [key for key, _ in told] == ["store.rebuilt"]


def test_a_file_of_another_version_of_the_program_is_made_anew(
    place: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(place, told) as store:
        store.put("a", Layer.READ, b"one")
    monkeypatch.setattr(database, "FORMAT", database.FORMAT + 1)

    with opened(place, told) as store:
        assert store.get("a") is None
    assert [key for key, _ in told] == ["store.rebuilt"]


def test_a_full_disk_is_told_once_and_the_run_goes_on(place: Path, told: Told) -> None:
    store = opened(place, told)
    assert store._connection is not None
    store._connection.execute("PRAGMA max_page_count = 10")

    for number in range(5):
        store.put(f"{number}", Layer.READ, os.urandom(100_000))

    assert [(key, fields["problem"]) for key, fields in told] == [("store.off", "database or disk is full")]
    assert (store.get("0"), store.is_on) == (None, False)
    store.close()


def test_a_place_that_cannot_be_written_is_told_and_the_run_goes_on(tmp_path: Path, told: Told) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")

    with opened(tmp_path / "home" / "cache.sqlite3", told) as store:
        store.put("a", Layer.READ, b"one")
        assert store.get("a") is None
    assert [key for key, _ in told] == ["store.off"]


def test_what_was_not_used_for_longest_is_thrown_out(
    place: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(1, 100))
    monkeypatch.setattr(database.time, "time", lambda: next(clock))
    with opened(place, told) as store:
        for number in range(10):
            store.put(f"{number}", Layer.READ, bytes(100))
    with opened(place, told) as store:
        store.get("0")

    with opened(place, told, most_bytes=500) as store:
        store.get("1")

    with opened(place, told) as store:
        assert [str(n) for n in range(10) if store.get(str(n))] == ["0", "1", "8", "9"]


WRITER = """
import sys
from pathlib import Path
from checker.store import Layer, Store
name, place = sys.argv[1:]
store = Store(Path(place), tell=lambda key, fields: sys.exit(f"{key} {fields}"))
number = 0
while True:
    store.put(f"{name}{number}", Layer.READ, bytes([number % 256]) * 30_000)
    number += 1
    print(number, flush=True)
    if name == "ends" and number == 60:
        store.close()
        break
"""


def test_two_runs_at_once_and_a_kill_at_any_moment_lose_nothing_that_was_put(place: Path, told: Told) -> None:
    writers = {
        name: subprocess.Popen(
            [sys.executable, "-c", WRITER, name, str(place)], stdout=subprocess.PIPE, text=True
        )
        for name in ("killed", "ends")
    }
    killed = writers["killed"]
    assert killed.stdout is not None
    for _ in range(25):
        last = int(killed.stdout.readline())
    killed.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    killed.communicate()
    assert writers["ends"].wait(60) == 0
    writers["ends"].communicate()

    with opened(place, told) as store:
        for name, count in (("killed", last), ("ends", 60)):
            values = [store.get(f"{name}{number}") for number in range(count)]
            assert [bytes([number % 256]) * 30_000 for number in range(count)] == values
    with sqlite3.connect(place) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert told == []


def test_the_cache_is_removed_with_all_beside_it(place: Path, told: Told) -> None:
    store = opened(place, told)
    store.put("a", Layer.READ, b"one")
    store.close()

    remove_cache(place)

    assert list(place.parent.iterdir()) == []


def test_the_home_folder_can_be_chosen(tmp_path: Path) -> None:
    assert tmp_path / "cache.sqlite3" == cache_file({"SKOLESJEKK_HOME": str(tmp_path)})
    assert "skolesjekk" in str(cache_file({}))


TEXT = st.text(st.characters(exclude_categories=["Cs"]))
DOCUMENTS = st.builds(
    Document,
    path=TEXT,
    format=TEXT,
    status=st.sampled_from(ReadStatus),
    pages=st.none() | st.integers(0, 10**6),
    ocr_pages=st.tuples(st.integers()),
    blocks=st.tuples(
        st.builds(
            Block,
            kind=st.sampled_from(BlockKind),
            text=TEXT,
            boxes=st.tuples(
                st.tuples(st.integers(1), *[st.floats(allow_nan=False, allow_infinity=False)] * 4)
            ),
            confidence=st.none() | st.floats(0, 1),
        )
    ),
    attachments=st.tuples(st.builds(Document, path=TEXT, format=TEXT, status=st.sampled_from(ReadStatus))),
)


@given(DOCUMENTS)
def test_a_value_comes_back_as_it_was_written(document: Document) -> None:
    codec: Codec[Document] = Codec(Document)
    written = codec.written(document)

    assert written is not None
    assert repr(document) == repr(codec.read(written))


def test_a_value_that_cannot_be_written_is_none() -> None:
    assert Codec(Document).written(Document("\ud800", "md", ReadStatus.READ)) is None


@pytest.mark.parametrize("data", [b"", b"x", b"\x78\x9c"])
def test_bytes_that_are_no_value_are_none(data: bytes) -> None:
    assert Codec(Document).read(data) is None


def test_bytes_of_another_type_are_none() -> None:
    written = Codec(Block).written(Block(BlockKind.NOTE, "x"))

    assert written is not None
    assert Codec(Document).read(written) is None


def test_a_key_tells_its_parts_apart() -> None:
    assert len({key_of("a", "b"), key_of("ab"), key_of(["a", "b"]), key_of("a", None, "b")}) == 4


def test_a_file_is_known_by_place_size_and_time_unless_all_are_read_again(
    place: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.md"
    plan.write_text("one")
    os.utime(plan, ns=(10**18, 10**18))
    with Store(place) as store:
        known = KnownFiles(store)
        first = known.sha256_of(plan)
        known.keep()
    plan.write_text("two")
    os.utime(plan, ns=(10**18, 10**18))

    with Store(place) as store:
        assert first == KnownFiles(store).sha256_of(plan)
        assert first != KnownFiles(store, rehash=True).sha256_of(plan)
        os.utime(plan, ns=(10**18, 10**18 + 1))
        assert first != KnownFiles(store).sha256_of(plan)
        assert KnownFiles(store).sha256_of(tmp_path / "gone.md") is None


def test_a_file_that_has_just_changed_is_read_again(place: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.md"
    plan.write_text("one")
    with Store(place) as store:
        known = KnownFiles(store)
        known.sha256_of(plan)
        known.keep()

        assert store.file_sums() == {}
