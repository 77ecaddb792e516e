import json

import pytest
from conftest import hello
from openai import OpenAI, RateLimitError

from pytest_longcat_mock import LongcatMockError
from pytest_longcat_mock.server import name_session

yaml_file = """
version: 1
fixtures:
  - id: greeting
    match: { messages: { last: { text: &text Hello! } } }
    respond: { text: From YAML. }
"""


def ask(longcat):
    with OpenAI(**longcat.openai(), max_retries=0) as client:
        return client.chat.completions.create(**hello).choices[0].message.content


def test_a_yaml_file_is_used_as_it_is(longcat, tmp_path):
    (tmp_path / "greeting.longcat.yaml").write_text(yaml_file)

    assert ask(longcat.use(tmp_path / "greeting.longcat.yaml")) == "From YAML."


def test_a_folder_is_all_of_its_fixture_files_and_json_is_one_too(longcat, tmp_path):
    (tmp_path / "a.longcat.yaml").write_text(yaml_file)
    later = {"version": 1, "fixtures": [{"id": "later", "respond": {"text": "From JSON."}}]}
    (tmp_path / "b.longcat.json").write_text(json.dumps(later))
    (tmp_path / "notes.yaml").write_text("no fixture file")

    assert ask(longcat.use(str(tmp_path))) == "From JSON."


def test_a_whole_file_may_be_a_dict(longcat):
    longcat.use({"fixtures": [{"id": "a", "respond": {"text": "From a dict."}}]})

    assert ask(longcat) == "From a dict."


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"id": "a", "respond": {"txt": "x"}}, r'txt.*Did you mean "text"'),
        ("missing.yaml", 'There is no fixture file "missing.yaml": looked for '),
    ],
)
def test_a_wrong_fixture_is_told_with_its_fix(longcat, given, said):
    with pytest.raises(LongcatMockError, match=said):
        longcat.use(given)


def test_a_broken_file_is_told_with_its_line(longcat, tmp_path):
    file = tmp_path / "broken.longcat.yaml"
    file.write_text("version: 1\nversion: 1\n")

    with pytest.raises(LongcatMockError, match=r"Line 2, column 1 .*Duplicate key"):
        longcat.use(file)


def test_an_empty_folder_is_told(longcat, tmp_path):
    with pytest.raises(LongcatMockError, match=r"There is no fixture file in .*\*\.longcat\.yaml"):
        longcat.use(tmp_path)


def test_time_moves_by_hand(longcat):
    limit = {"id": "one-a-minute", "requestsPerMinute": 1}
    longcat.use({"fixtures": [], "rateLimits": [limit]})
    longcat.advance(0)
    ask(longcat)
    with pytest.raises(RateLimitError):
        ask(longcat)
    longcat.advance(60_000)

    assert isinstance(ask(longcat), str)


@pytest.mark.longcat(clock={"now": "2026-09-01T00:00:00Z"}, seed=7, quirks={"usage-always": False})
def test_the_marker_declares_clock_seed_and_quirks(longcat):
    ask(longcat)

    assert longcat.requests()[0]["at"] == 1788220800000
    longcat.advance(1000)
    ask(longcat)
    assert longcat.requests()[1]["at"] == 1788220801000


def test_a_reset_forgets_the_requests_and_keeps_the_fixtures(longcat):
    longcat.use({"id": "steps", "respond": [{"text": "One."}, {"text": "Two."}]})
    assert ask(longcat) == "One."
    longcat.reset()

    assert longcat.requests() == []
    assert ask(longcat) == "One."


def test_verify_tells_what_came_instead(longcat):
    ask(longcat)
    with pytest.raises(AssertionError) as caught:
        longcat.verify({"model": "other"}, at_most=3, at_least=1)

    assert str(caught.value).splitlines()[0] == "expected 1 to 3 requests, received 0 requests"
    assert 'model: expected "other", got "LongCat-2.0"' in str(caught.value)


def test_verify_refuses_two_numbers_and_wrong_conditions(longcat):
    with pytest.raises(LongcatMockError, match="Give times, or"):
        longcat.verify(times=1, at_most=2)
    with pytest.raises(LongcatMockError, match='Did you mean "model"'):
        longcat.verify({"modle": "x"})


def test_equal_tests_have_equal_sessions_and_others_have_others():
    names = [name_session("tests/test_a.py::test_x[ü/.]"), name_session("tests/test_b.py::test_x")]

    assert names[0] == name_session("tests/test_a.py::test_x[ü/.]")
    assert names[0].startswith("test_x-")
    assert len({*names, name_session("tests/test_b.py::test_x", "salt")}) == 3


@pytest.fixture(scope="module")
def shared(longcat_server):
    session = longcat_server.session("shared")
    yield session
    session.close()


@pytest.mark.parametrize("turn", [1, 2])
def test_a_session_can_be_wider_than_a_test(shared, turn):
    ask(shared)

    assert len(shared.requests()) == turn
