"""`namsai serve --demo` in its own process: it answers, it starts again what dies, and it ends whole."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at the processes in /proc (Linux)")
_CODE = "import sys; from namsai.cli.main import main; sys.argv = ['namsai', *sys.argv[1:]]; main()"


def until(true: Callable[[], bool], seconds: float = 60) -> bool:
    """Ask again and again until it is true or the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int, list[str]]]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("NAMSAI", "DJANGO"))}
    told = [sys.executable, "-u", "-c", _CODE, "serve", "--demo", "--port", "0", "--processes", "1"]
    server = subprocess.Popen([*told, "--data", str(tmp_path)], env=kept, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    lines = []
    for line in server.stdout:
        lines.append(line)
        if "trainer@demo.la" in line:
            break
    address = next(line for line in lines if "http://" in line)
    yield server, int(address.partition("http://")[2].partition(":")[2].partition("/")[0]), lines
    server.kill()
    server.stdout.close()
    server.wait()


def health(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def children(of: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{of}/task/{of}/children").read_text().split()]


def test_the_demo_is_served_kept_going_and_ended_whole(
    served: tuple[subprocess.Popen[str], int, list[str]],
) -> None:
    server, port, lines = served
    assert until(lambda: health(port))
    assert any("director@demo.la" in line for line in lines)
    crew = children(server.pid)
    assert len(crew) == 2
    os.kill(crew[0], signal.SIGKILL)
    assert until(lambda: len(children(server.pid)) == 2 and crew[0] not in children(server.pid))
    assert until(lambda: health(port))
    ending = children(server.pid)
    server.terminate()
    assert server.wait(40) == 0
    assert not [pid for pid in ending if Path(f"/proc/{pid}").exists()]
    with socket.socket() as again:
        assert again.connect_ex(("127.0.0.1", port)) != 0
