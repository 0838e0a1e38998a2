"""The processes of a centre, kept going: one that ends is started again, all end together."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Sequence
from types import FrameType

_PAUSE = 0.5  # seconds between two looks
_CALM = 30  # a process that lived shorter is started again only after a pause


class Crew:
    """Start commands and keep them going until this process is told to stop (Ctrl+C or SIGTERM)."""

    def __init__(self, commands: Sequence[Sequence[str]], handed: tuple[int, ...]) -> None:
        signal.signal(signal.SIGTERM, _stop)
        self.commands, self.handed = [list(c) for c in commands], handed
        self.running = [self._start(c) for c in self.commands]
        self.since = [time.monotonic()] * len(self.commands)

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, pass_fds=self.handed)

    def work(self) -> None:
        """Watch until told to stop, then end all."""
        try:
            while True:
                time.sleep(_PAUSE)
                self._look()
        except KeyboardInterrupt:
            pass
        finally:
            self.end()

    def _look(self) -> None:
        """Start again what has ended."""
        for place, process in enumerate(self.running):
            lived = time.monotonic() - self.since[place]
            if process.poll() is not None and lived > (_PAUSE if lived > _CALM else 5):
                self.running[place] = self._start(self.commands[place])
                self.since[place] = time.monotonic()

    def end(self) -> None:
        """End all; one that does not within 20 seconds is killed."""
        for process in self.running:
            process.terminate()
        for process in self.running:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
