"""What the mock's admin API answers, and what its clients are made with."""

from typing import Literal, TypedDict


class OpenAIArguments(TypedDict):
    """Arguments of ``openai.OpenAI`` and ``openai.AsyncOpenAI``."""

    base_url: str
    api_key: str


class AnthropicArguments(TypedDict):
    """Arguments of ``anthropic.Anthropic`` and ``anthropic.AsyncAnthropic``."""

    base_url: str
    auth_token: str


class Usage(TypedDict):
    """Tokens of one answer."""

    input: int
    output: int
    cached: int
    reasoning: int


class _AlwaysRecorded(TypedDict):
    id: str
    session: str
    at: float
    method: str
    path: str
    api: Literal["openai", "anthropic"]
    headers: dict[str, str]
    request: int
    attempt: int
    streamed: bool
    status: int
    source: Literal["fixture", "cassette", "upstream", "generated", "refused"]
    unmatched: bool
    violations: list[str]
    leaks: list[str]


class RequestRecord(_AlwaysRecorded, total=False):
    """A request and what became of it, as the journal keeps it. No credential is in it."""

    body: dict[str, object]
    bodyOmitted: bool
    model: str
    fixture: str
    scenario: str
    step: int
    cassette: str
    error: str
    message: str
    retryAfterMs: float
    sdkRetry: bool
    usage: Usage
    text: str
    thinking: bool
    callIds: list[str]
    end: Literal["finished", "cut", "client-left"]
    endedAt: float


class Difference(TypedDict):
    """A condition of a fixture that a request does not meet."""

    place: str
    expected: str
    got: str


class NearMiss(TypedDict):
    """A request that nearly was what ``verify`` looked for."""

    request: str
    met: int
    of: int
    differs: list[Difference]


class Verification(TypedDict):
    """What ``verify`` found."""

    result: Literal["pass", "fail", "inconclusive"]
    reason: str
    count: int
    calls: int
    nearMisses: list[NearMiss]
    requests: list[str]


class Finding(TypedDict):
    """A rule that a client broke, and the requests that show it."""

    rule: str
    message: str
    requests: list[str]


class Verdict(TypedDict):
    """What the mock says of the client that made a session's requests."""

    session: str
    findings: list[Finding]
    checked: dict[str, Literal["pass", "fail", "not-applicable"]]
    text: str


class Clock(TypedDict, total=False):
    """A session's clock: ``now`` stands still there, ``manual`` moves by ``advance`` alone."""

    now: float | str
    manual: bool


class Declaration(TypedDict, total=False):
    """All that a session is, besides its fixtures and its state."""

    scenario: str
    seed: str
    quirks: dict[str, bool]
    clock: Clock
    cassette: str
