"""Fixture files of a test, as they are: the mock reads them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from .errors import LongcatMockError

_endings = (".longcat.yaml", ".longcat.yml", ".longcat.json")


def read_fixture_file(path: Path, folders: Sequence[Path]) -> Iterator[bytes]:
    """The bytes of a file, or of every fixture file in a folder, in the order of their names."""
    found = _find(path, folders)
    if found.is_file():
        yield found.read_bytes()
        return
    files = [each for each in sorted(found.rglob("*")) if each.name.endswith(_endings)]
    if not files:
        endings = ", ".join(f"*{ending}" for ending in _endings)
        raise LongcatMockError(f'There is no fixture file in "{found}": they are named {endings}.')
    for file in files:
        yield file.read_bytes()


def _find(path: Path, folders: Sequence[Path]) -> Path:
    candidates = [folder / path for folder in folders] or [path]
    for candidate in candidates:
        if candidate.exists():
            return candidate
    looked = ", ".join(f'"{candidate}"' for candidate in candidates)
    raise LongcatMockError(f'There is no fixture file "{path}": looked for {looked}.')
