"""A mock of the LongCat API in pytest: one server a run, one session a test."""

from .errors import LongcatMockError
from .records import (
    AnthropicArguments,
    Finding,
    OpenAIArguments,
    RequestRecord,
    Usage,
    Verdict,
    Verification,
)
from .server import LongcatServer
from .session import LongcatSession

__all__ = [
    "AnthropicArguments",
    "Finding",
    "LongcatMockError",
    "LongcatServer",
    "LongcatSession",
    "OpenAIArguments",
    "RequestRecord",
    "Usage",
    "Verdict",
    "Verification",
]
