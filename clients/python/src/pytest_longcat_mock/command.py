"""Which command starts the mock."""

import os
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

from .errors import LongcatMockError

fix = (
    'Install it into the project ("npm install --save-dev longcat-mock", or the path of a clone), '
    "name it with --longcat-mock-command, or let LONGCAT_MOCK_URL point at a mock that runs."
)


@dataclass(frozen=True)
class Command:
    """The words of a command, and where they were found."""

    words: tuple[str, ...]
    source: str


def find_command(given: str | None, folder: Path) -> Command:
    """The command that was given, else the nearest installed one."""
    if given is not None:
        words = shlex.split(given, posix=os.name != "nt")
        if not words:
            raise LongcatMockError(f"The command of longcat-mock is empty. {fix}")
        return Command(tuple(words), "as it was given")
    local = _find_local(folder)
    if local is not None:
        return Command((local,), "in node_modules")
    installed = shutil.which("longcat-mock")
    if installed is not None:
        return Command((installed,), "on the PATH")
    npx = shutil.which("npx")
    if npx is not None:
        return Command((npx, "--no-install", "longcat-mock"), "by npx")
    raise LongcatMockError(
        f'There is no longcat-mock: not in node_modules of "{folder}" or above it, not on the '
        f"PATH, and there is no npx. {fix}"
    )


def _find_local(folder: Path) -> str | None:
    bins = [parent / "node_modules" / ".bin" for parent in (folder, *folder.parents)]
    return next(filter(None, (shutil.which("longcat-mock", path=str(each)) for each in bins)), None)
