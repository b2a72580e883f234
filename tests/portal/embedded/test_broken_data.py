"""A broken `.data/` or a full disk: told in words that say what to do; nothing half-done stays."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from portal.embedded import valkey
from portal.embedded.places import ROOT, Places
from portal.embedded.servers import using
from portal.embedded.trouble import Trouble
from tests.portal.embedded.conftest import pids_in, sql

POSTGRES = ("postgres",)
VALKEY = ("valkey",)


def refused(places: Places, names: tuple[str, ...] = POSTGRES) -> str:
    """What is told when the servers cannot start; none of them is left running."""
    with pytest.raises(Trouble) as told, using(places, names):
        pass
    assert pids_in(places.data) == set()
    return str(told.value)


def test_the_data_folder_is_a_file(folder):
    (folder / "data").write_text("something else")
    assert "is a file" in refused(Places(folder / "data"))
    assert (folder / "data").read_text() == "something else"


def test_a_folder_in_it_is_a_file(folder):
    (folder / "data").mkdir()
    (folder / "data" / "log").write_text("")
    assert "Move the file away" in refused(Places(folder / "data"))


@pytest.mark.parametrize("text", [None, "garbage"])
def test_the_version_is_missing_or_garbled(made, text):
    version = made.postgres / "PG_VERSION"
    version.unlink()
    if text is not None:
        version.write_text(text)
    told = refused(made)
    assert "PG_VERSION is missing or garbled" in told
    assert f"mv {made.postgres} {made.postgres}.broken" in told
    made.postgres.rename(f"{made.postgres}.broken")  # doing what it says helps
    with using(made, POSTGRES) as holds:
        assert sql(made, "SELECT to_regclass('kept')") == [(None,)]
    holds[0].wait_until_gone()


def test_another_version_made_it(made):
    (made.postgres / "PG_VERSION").write_text("11\n")
    told = refused(made)
    assert "was made by PostgreSQL 11; found: 18" in told
    assert (made.postgres / "PG_VERSION").read_text() == "11\n"


@pytest.mark.parametrize("damage", ["missing", "garbled"])
def test_the_heart_of_the_database_is_damaged(made, damage):
    control = made.postgres / "global" / "pg_control"
    if damage == "missing":
        control.unlink()
    else:
        control.write_bytes(b"\0" * 8192)
    told = refused(made)
    assert "PostgreSQL could not start" in told
    assert "Put a copy of it back" in told


def test_a_folder_that_others_can_read_is_closed_again(made):
    made.postgres.chmod(0o755)
    with using(made, POSTGRES) as holds:
        assert sql(made, "SELECT answer FROM kept") == [(5,)]
    assert made.postgres.stat().st_mode & 0o777 == 0o700
    holds[0].wait_until_gone()


def test_a_half_made_database_is_made_anew(places):
    half = places.data / "postgres.new-1"
    half.mkdir()
    (half / "PG_VERSION").write_text("18")
    places.postgres.mkdir()  # empty, as a volume that was just mounted
    with using(places, POSTGRES) as holds:
        assert sql(places, "SELECT 1") == [(1,)]
    assert not half.exists()
    holds[0].wait_until_gone()


def test_no_file_may_grow(folder):
    """A full disk as a quota makes one: writing fails, with files cut off in the middle."""
    program = (
        "import resource, sys; from pathlib import Path; from portal.embedded.places import Places;"
        "from portal.embedded.servers import using; import signal;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "with using(Places(Path(sys.argv[1])), ('postgres',)): pass"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder / "data")],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert "The disk is full" in done.stderr
    assert not list((folder / "data").glob("postgres*"))
    assert pids_in(folder) == set()


@pytest.fixture
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of 20 MB."""
    disk = folder / "disk"
    disk.mkdir()
    if os.geteuid() != 0 or not _mount(disk, "size=20m"):
        pytest.skip("needs root and the right to mount: a small disk is mounted")
    yield disk
    subprocess.run(["umount", disk], check=True)


def _mount(disk: Path, options: str) -> bool:
    words = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", disk]
    return subprocess.run(words, capture_output=True).returncode == 0


def test_the_disk_is_full_at_the_first_start(small_disk):
    places = Places(small_disk / "data")
    told = refused(places)
    assert "The disk is full" in told
    assert "Free some space" in told
    assert not list(places.data.glob("postgres*"))
    subprocess.run(["mount", "-o", "remount,size=300m", small_disk], check=True)
    with using(places) as holds:  # with space again, nothing stands in the way
        assert sql(places, "SELECT 1") == [(1,)]
    assert [hold.wait_until_gone() for hold in holds] == [True, True]


def test_the_disk_fills_up_while_the_database_is_prepared(small_disk, run):
    subprocess.run(["mount", "-o", "remount,size=50m", small_disk], check=True)
    places = Places(small_disk / "data")
    portal = run("start", data=places.data)
    assert portal.end() == 1
    assert portal.said.rstrip().endswith(
        f"The disk is full: could not write to {places.data}.\n"
        "Free some space (an empty portal needs about 150 MB), then start again."
    )
    assert pids_in(small_disk) == set()
    subprocess.run(["mount", "-o", "remount,size=300m", small_disk], check=True)
    with using(places) as holds:  # what was half done does not stand in the way
        assert sql(places, "SELECT 1") == [(1,)]
    assert [hold.wait_until_gone() for hold in holds] == [True, True]


def test_the_disk_has_filled_up_since(small_disk):
    subprocess.run(["mount", "-o", "remount,size=300m", small_disk], check=True)
    places = Places(small_disk / "data")
    with using(places) as holds:
        sql(places, "CREATE TABLE kept AS SELECT 6 AS answer")
    assert [hold.wait_until_gone() for hold in holds] == [True, True]
    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):
        while True:
            file.write(b"x" * 65536 if file.tell() < 150_000_000 else b"x" * 4096)
    assert "The disk is full" in refused(places, ("postgres", "valkey"))
    filler.unlink()
    with using(places) as holds:
        assert sql(places, "SELECT answer FROM kept") == [(6,)]
    assert [hold.wait_until_gone() for hold in holds] == [True, True]


@pytest.fixture
def queued(places: Places) -> Places:
    """A data folder with a hundred keys in its queue, at rest."""
    with using(places, VALKEY) as holds:
        queue = redis.Redis.from_url(valkey.url(places))
        for number in range(100):
            queue.set(f"key-{number}", "x" * 100)
        queue.close()
    assert holds[0].wait_until_gone()
    return places


def _log_of(places: Places) -> Path:
    return next((places.valkey / "appendonlydir").glob("*.incr.aof"))


def _keys(places: Places) -> int:
    with using(places, VALKEY) as holds, redis.Redis.from_url(valkey.url(places)) as queue:
        count = queue.dbsize()
    assert holds[0].wait_until_gone()
    return count


def test_a_queue_cut_off_at_its_end_loses_the_last_entry_only(queued):
    log = _log_of(queued)
    os.truncate(log, log.stat().st_size - 50)
    assert _keys(queued) == 99


@pytest.mark.parametrize("damage", ["middle", "manifest", "base"])
def test_a_damaged_queue_is_set_aside_and_begins_empty(queued, damage):
    folder = queued.valkey / "appendonlydir"
    if damage == "middle":
        text = bytearray(_log_of(queued).read_bytes())
        text[4000:4100] = b"?" * 100
        _log_of(queued).write_bytes(text)
    elif damage == "manifest":
        next(folder.glob("*.manifest")).write_text("what is this\n")
    else:
        next(folder.glob("*.base.rdb")).write_bytes(b"NOTVALKEY" * 20)
    assert _keys(queued) == 0
    aside = list(queued.data.glob("valkey.broken-*"))
    assert len(aside) == 1
    assert "set aside" in (queued.logs / "valkey.log").read_text()
    assert _keys(queued) == 0  # and it stays whole from then on
    assert len(list(queued.data.glob("valkey.broken-*"))) == 1


def test_the_queue_is_a_file(places):
    places.valkey.write_text("")
    assert "Move the file away" in refused(places, VALKEY)
