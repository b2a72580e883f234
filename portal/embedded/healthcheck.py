"""Whether a service of docker-compose.yml is well; the answer is the exit code.

    python -m portal.embedded.healthcheck web | worker | beat SCHEDULE

The slim image has no curl, and these need no more than what is installed.
"""

import os
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

SECONDS_TO_ANSWER = 4
SECONDS_FOR_A_WORKER = 10
SECONDS_WITHOUT_A_TICK = 600  # beat writes down what it sent every three minutes


def web() -> str | None:
    """What is wrong with the web server on this machine, or None."""
    port = int(os.environ.get("PORT") or 8000)
    host = urlsplit(os.environ.get("PUBLIC_URL", "")).netloc or f"127.0.0.1:{port}"
    connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS_TO_ANSWER)
    try:
        connection.request("GET", "/healthz", headers={"Host": host})
        status = connection.getresponse().status
    except OSError as error:
        return f"no answer: {error}"
    finally:
        connection.close()
    return None if status == 200 else f"/healthz answers {status}"


def worker() -> str | None:
    """What is wrong with the worker on this machine, or None."""
    command = [
        *(sys.executable, "-m", "celery", "-q", "-A", "portal", "inspect", "ping"),
        *("--destination", f"celery@{socket.gethostname()}"),
        *("--timeout", str(SECONDS_FOR_A_WORKER)),
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    return None if done.returncode == 0 else (done.stdout + done.stderr).strip()


def beat(schedule: Path) -> str | None:
    """What is wrong with the clock that keeps its notes there, or None."""
    notes = list(schedule.parent.glob(f"{schedule.name}*"))
    if not notes:
        return f"there is no {schedule}"
    quiet = time.time() - max(note.stat().st_mtime for note in notes)
    return None if quiet < SECONDS_WITHOUT_A_TICK else f"no tick for {quiet:.0f} s"


def main(arguments: list[str]) -> int:
    match arguments:
        case ["web"]:
            wrong = web()
        case ["worker"]:
            wrong = worker()
        case ["beat", schedule]:
            wrong = beat(Path(schedule))
        case _:
            wrong = f"unknown: {' '.join(arguments)}"
    if wrong:
        sys.stderr.write(f"{wrong}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
