"""As root, as an ordinary user, and as root where namespaces are forbidden.

Each case runs in a child process that has loaded its modules first: another user may not be
allowed to read the interpreter's own folder.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal.embedded.places import ROOT

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root: it becomes somebody else")

# Starts both servers in the folder, tells who PostgreSQL runs as, and stops them again.
START = """
import os, sys
from pathlib import Path
import psycopg2
from portal.embedded import keeper, postgres, processes, server, tether
from portal.embedded.places import Places
from portal.embedded.trouble import Trouble
from portal.embedded.valkey import Valkey
{first}
places = Places(Path(sys.argv[1]))
try:
    places.prepare()
    running = [postgres.Postgres(places), Valkey(places)]
    for one in running:
        one.start()
    connection = psycopg2.connect(postgres.url(places))
    pid = running[0].process.pid
    print(running[0].way, os.stat(f"/proc/{{pid}}").st_uid, places.postgres.stat().st_uid)
    connection.close()
    for one in running:
        one.stop()
except Trouble as trouble:
    print(trouble)
"""
# A namespace in which root stands for root, every other user is there, and no further one may be
# made: what a container commonly looks like.
NO_NAMESPACES = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
inside, outside = os.pipe(), os.pipe()
child = os.fork()
if child:
    os.read(inside[0], 1)
    for name in ("uid_map", "gid_map"):
        Path(f"/proc/{child}/{name}").write_text("0 0 65536")
    os.write(outside[1], b"x")
    sys.exit(os.waitpid(child, 0)[1])
libc.unshare(0x10000000)
os.write(inside[1], b"x")
os.read(outside[0], 1)
Path("/proc/sys/user/max_user_namespaces").write_text("0")
"""


def become_user(uid: int) -> str:
    return f"os.setgroups([]); os.setresgid(*[{uid}] * 3); os.setresuid(*[{uid}] * 3)"


def start(folder: Path, first: str = "", data: str = "data") -> list[str]:
    program = START.replace("{first}", first).replace("{{", "{").replace("}}", "}")
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder / data)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@as_root
def test_root_stays_itself_outside_and_is_nobody_inside(folder):
    assert start(folder) == ["namespace", "0", "0"]


@as_root
@pytest.mark.parametrize(("uid", "way"), [(65534, "self"), (1234, "namespace")])
def test_an_ordinary_user_with_a_name_and_one_without(folder, uid, way):
    become = become_user(uid)
    if not _reachable_by_all(Path(sys.executable).resolve()):
        # The tether is a Python of its own, which that user must be able to start.
        become += "; processes.sys.executable = '/usr/bin/python3'"
    if not _reachable_by_all(ROOT):
        pytest.skip("this checkout lies in a folder that other users may not enter")
    os.chown(folder, uid, uid)
    assert start(folder, become) == [way, str(uid), str(uid)]
    assert start(folder, become) == [way, str(uid), str(uid)]


@as_root
def test_root_where_namespaces_are_forbidden(folder):
    folder.chmod(0o700)  # as /root is: nobody else may pass
    assert start(folder, NO_NAMESPACES) == ["nobody", "65534", "65534"]
    assert start(folder, NO_NAMESPACES) == ["nobody", "65534", "65534"]
    # The same data, where they are allowed again, and back.
    assert start(folder) == ["namespace", "0", "0"]
    assert start(folder, NO_NAMESPACES) == ["nobody", "65534", "65534"]


@as_root
def test_a_folder_that_belongs_to_somebody_else(folder):
    (folder / "data").mkdir()
    os.chown(folder / "data", 1234, 1234)
    told = " ".join(start(folder))
    assert "belongs to another user (number 1234; you are 0)" in told


@as_root
def test_a_folder_that_may_not_be_written_in(folder):
    folder.chmod(0o755)
    told = " ".join(start(folder, become_user(1234)))
    assert "Not allowed to write in" in told


def _reachable_by_all(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents) if folder.is_dir())
