"""The centre starts only when it is safe, and Django finds nothing to warn of."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

SAFE = {"NAMSAI_SECRET_KEY": secrets.token_urlsafe(50), "NAMSAI_HOSTS": "cp.example.la"}


def namsai(folder: Path, *words: str, **told: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in its own process with nothing but these variables."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("NAMSAI", "DJANGO"))}
    env = kept | {"NAMSAI_DATA": str(folder)} | told
    run = [sys.executable, "-m", "namsai.cli.main", *words]
    code = "import sys; from namsai.cli.main import main; sys.argv = ['namsai', *sys.argv[1:]]; main()"
    return subprocess.run([sys.executable, "-c", code, *run[3:]], env=env, capture_output=True, text=True, check=False)


def test_check_deploy_finds_nothing(tmp_path: Path) -> None:
    done = namsai(tmp_path, "centre", "check", "--deploy", "--fail-level", "WARNING", **SAFE)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({}, "NAMSAI_SECRET_KEY"),
        ({**SAFE, "NAMSAI_SECRET_KEY": "short"}, "NAMSAI_SECRET_KEY"),
        ({**SAFE, "NAMSAI_SECRET_KEY": "a" * 60}, "NAMSAI_SECRET_KEY"),
        ({**SAFE, "NAMSAI_HOSTS": ""}, "NAMSAI_HOSTS"),
        ({**SAFE, "NAMSAI_HOSTS": "*"}, "NAMSAI_HOSTS"),
        ({**SAFE, "NAMSAI_DATABASE_URL": "mysql://x/y"}, "NAMSAI_DATABASE_URL"),
    ],
)
def test_an_unsafe_start_is_refused_with_what_to_do(tmp_path: Path, told: dict[str, str], named: str) -> None:
    done = namsai(tmp_path / "data", "serve", "--port", "0", **told)
    assert done.returncode == 1
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data").exists()


def test_the_demo_is_served_on_this_machine_only(tmp_path: Path) -> None:
    done = namsai(tmp_path / "data", "serve", "--demo", "--host", "0.0.0.0")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
