"""The pytest plugin: options, fixtures, and the mock's place in a run."""

import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest

from .errors import LongcatMockError
from .marker import Wishes, read_marks
from .provider import Facts, Provider
from .records import Declaration
from .server import LongcatServer
from .session import LongcatSession
from .unmatched import explain_unmatched

_provider = pytest.StashKey[Provider]()
_has_failed = pytest.StashKey[bool]()
_handed_down = "longcat_mock"

_marker = (
    "longcat(scenario=…, seed=…, fixtures=…, quirks=…, clock=…, cassette=…, unmatched='fail'): "
    "what the test's session of the LongCat mock is."
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where the command is, and how it is started."""
    group = parser.getgroup("longcat-mock")
    group.addoption(
        "--longcat-mock-command",
        metavar="COMMAND",
        help="the command of longcat-mock (default: the nearest in node_modules, else on the PATH)",
    )
    parser.addini("longcat_mock_command", "the command of longcat-mock", default="")
    parser.addini("longcat_mock_args", "flags for longcat-mock", type="args", default=[])
    parser.addini("longcat_mock_timeout", "seconds that the mock may take to start", default="30")


def pytest_configure(config: pytest.Config) -> None:
    """The mock is not started before a test wants it."""
    config.addinivalue_line("markers", _marker)
    given: Facts | None = getattr(config, "workerinput", {}).get(_handed_down)
    config.stash[_provider] = Provider(config, given)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """One mock for all workers of xdist, which are about to start."""
    facts = node.config.stash[_provider].facts()
    if node.config.getoption("dist") == "each":  # every worker then runs every test
        facts = {**facts, "salt": node.gateway.id}
    node.workerinput[_handed_down] = facts


def pytest_unconfigure(config: pytest.Config) -> None:
    """The mock ends with the run, however that ends."""
    if _provider in config.stash:
        config.stash[_provider].close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remembers for the teardown whether the test itself has passed."""
    report = yield
    if not report.passed:
        item.stash[_has_failed] = True
    return report


@pytest.fixture(scope="session")
def longcat_server(pytestconfig: pytest.Config) -> LongcatServer:
    """The mock of this run: its ``url``, ``pid``, and sessions for what is wider than a test."""
    with _plainly():
        return pytestconfig.stash[_provider].server()


@pytest.fixture
def longcat(
    request: pytest.FixtureRequest, longcat_server: LongcatServer
) -> Iterator[LongcatSession]:
    """This test's session of the mock. A request that no fixture matches fails the test."""
    with _plainly():
        wishes = read_marks(request.node.iter_markers("longcat"))
        session = _open(request.node, longcat_server, wishes)
    request.node.stash[_has_failed] = False  # it may run once more, after a failure
    yield session
    with _plainly():
        try:
            unmatched = [] if wishes.allows_unmatched else session.unmatched()
        finally:
            session.close()
    if unmatched:
        _tell(request.node, explain_unmatched(unmatched))


@pytest.fixture
def longcat_env(longcat: LongcatSession, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The variables of this test's session, set for as long as it runs."""
    variables = longcat.env()
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    # The Anthropic SDK would send it as x-api-key besides, which LongCat does not read.
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    host = urlsplit(longcat.url).hostname or ""
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, ",".join(filter(None, (os.environ.get(name), host))))
    return variables


@contextmanager
def _plainly() -> Iterator[None]:
    """An error of ours without the way to it, which leads through the plugin alone."""
    try:
        yield
    except LongcatMockError as error:
        raise pytest.fail.Exception(str(error), pytrace=False) from None


def _open(item: pytest.Item, server: LongcatServer, wishes: Wishes) -> LongcatSession:
    declaration: Declaration = {**wishes.declaration}
    if server.has_cassettes:
        declaration.setdefault("cassette", item.nodeid.replace("::", "/"))
    elif "cassette" in declaration:
        raise LongcatMockError(
            f'The test wants the cassette "{declaration["cassette"]}", and the mock has none: '
            'start it with longcat_mock_args = "--cassettes FOLDER".'
        )
    folders = (item.path.parent, item.config.rootpath)
    session = server.session(item.nodeid, declaration=declaration, folders=folders)
    try:
        return session.use(*wishes.fixtures)
    except LongcatMockError:
        session.close()
        raise


def _tell(item: pytest.Item, text: str) -> None:
    """Beside the failure of a test that has failed already; as its failure otherwise."""
    if item.stash.get(_has_failed, False):
        item.add_report_section("teardown", "longcat-mock", text)
    else:
        pytest.fail(text, pytrace=False)
