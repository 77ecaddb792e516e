"""Run by ``longcat-mock run``, which serves for as long as this does: until pytest ends it.

It tells where the mock is, then waits for its standard input. That closes when pytest stops, and
also when pytest is killed, so that no mock is left behind.
"""

import json
import os
import sys
from typing import TypedDict

ready = "pytest-longcat-mock ready "


class Facts(TypedDict):
    """Where the mock is."""

    url: str
    pid: int


def hold() -> None:
    """Tells the mock's address, and returns when nobody wants it any more."""
    facts: Facts = {"url": os.environ["LONGCAT_BASE_URL"], "pid": os.getppid()}
    print(ready + json.dumps(facts), flush=True)
    sys.stdin.buffer.read(1)


if __name__ == "__main__":
    hold()
