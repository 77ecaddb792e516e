"""The mock as a process that never outlives pytest."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from typing import IO

from . import hold
from .command import Command, fix
from .errors import LongcatMockError

_stop_seconds = 10
_longest_report = 4000


@dataclass(frozen=True)
class MockProcess:
    """A running mock."""

    url: str
    pid: int
    process: subprocess.Popen[bytes]
    log: IO[bytes]

    def stop(self) -> None:
        """Ends it, and waits until it has gone."""
        _end(self.process)
        self.log.close()


def start_mock(
    command: Command,
    flags: Sequence[str],
    *,
    folder: Path,
    environment: Mapping[str, str],
    timeout: float,
) -> MockProcess:
    """Starts the mock on a free port; returns when it listens."""
    holder = [sys.executable, "-I", "-S", str(Path(hold.__file__))]
    words = [*command.words, "run", "--port", "0", *flags, "--", *holder]
    log = tempfile.TemporaryFile()  # noqa: SIM115 (open until the mock has ended)
    try:
        process = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=folder,
            env=environment,
            # Ctrl-C is for pytest, which then ends the mock once the fixtures are done.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
    except OSError as error:
        log.close()
        raise LongcatMockError(f"Cannot run {_show(command)}: {error}. {fix}") from error
    try:
        facts = _await_ready(process, timeout)
    except BaseException as error:
        _end(process)
        report = _read_end(log)
        log.close()
        if isinstance(error, _NotReadyError):
            raise LongcatMockError(_explain(command, error, report)) from None
        raise
    return MockProcess(url=facts["url"], pid=facts["pid"], process=process, log=log)


class _NotReadyError(Exception):
    pass


def _await_ready(process: subprocess.Popen[bytes], timeout: float) -> hold.Facts:
    found: Queue[hold.Facts | None] = Queue()
    reader = threading.Thread(target=lambda: found.put(_read_ready(process)), daemon=True)
    reader.start()
    try:
        facts = found.get(timeout=timeout)
    except Empty:
        raise _NotReadyError(f"was not ready after {timeout:g} seconds") from None
    if facts is None:
        raise _NotReadyError(f"ended with exit code {process.wait(_stop_seconds)}")
    return facts


def _read_ready(process: subprocess.Popen[bytes]) -> hold.Facts | None:
    """What the holder tells; nothing when the output ends without it."""
    assert process.stdout is not None
    for line in process.stdout:
        text = line.decode(errors="replace")
        if text.startswith(hold.ready):
            facts: hold.Facts = json.loads(text.removeprefix(hold.ready))
            return facts
    return None


def _end(process: subprocess.Popen[bytes]) -> None:
    """By its standard input, which reaches it through npx too; by force when that does not help."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        with process.stdin:
            # A word, since the pipe stays open in whatever a test has forked.
            process.stdin.write(b"\n")
    except OSError:
        pass  # it has ended
    try:
        process.wait(_stop_seconds)
    except subprocess.TimeoutExpired:
        _kill(process)
        process.wait()
    process.stdout.close()


def _kill(process: subprocess.Popen[bytes]) -> None:
    if os.name == "nt":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)  # npx, the mock and its holder


def _read_end(log: IO[bytes]) -> str:
    log.seek(0)
    return log.read().decode(errors="replace").strip()[-_longest_report:]


def _explain(command: Command, error: _NotReadyError, report: str) -> str:
    said = f"It wrote:\n{report}" if report else "It wrote nothing."
    hint = "" if command.source == "as it was given" else f"\n{fix}"
    return f"longcat-mock ({_show(command)}) {error}. {said}{hint}"


def _show(command: Command) -> str:
    return f'"{" ".join(command.words)}", {command.source}'
