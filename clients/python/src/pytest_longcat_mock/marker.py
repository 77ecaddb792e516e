"""``@pytest.mark.longcat(…)``: what a test wants of its session."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from .errors import LongcatMockError
from .records import Declaration

_declared = ("scenario", "seed", "quirks", "clock", "cassette")
_known = (*_declared, "fixtures", "unmatched")


@dataclass(frozen=True)
class Wishes:
    """What the markers of a test say, the nearest one last."""

    declaration: Declaration
    fixtures: tuple[Mapping[str, object] | str | Path, ...]
    allows_unmatched: bool


def read_marks(marks: Iterable[pytest.Mark]) -> Wishes:
    """What markers say, the nearest first: for each word, the nearest that has it counts."""
    said: dict[str, Any] = {}
    for mark in marks:
        _check(mark)
        said = {**mark.kwargs, **said}
    unmatched = said.get("unmatched", "fail")
    if unmatched not in ("fail", "allow"):
        raise LongcatMockError(
            f'unmatched of @pytest.mark.longcat is "{unmatched}": give "fail" or "allow".'
        )
    fixtures = said.get("fixtures", ())
    if isinstance(fixtures, (str, Path, Mapping)):
        fixtures = (fixtures,)
    declaration: Any = {name: said[name] for name in _declared if said.get(name) is not None}
    if "seed" in declaration:
        declaration["seed"] = str(declaration["seed"])
    return Wishes(declaration, tuple(fixtures), allows_unmatched=unmatched == "allow")


def _check(mark: pytest.Mark) -> None:
    known = ", ".join(_known)
    if mark.args:
        raise LongcatMockError(
            f"@pytest.mark.longcat takes names only, and got {mark.args[0]!r}: known are {known}."
        )
    for name in mark.kwargs:
        if name not in _known:
            raise LongcatMockError(f'@pytest.mark.longcat knows no "{name}": known are {known}.')
