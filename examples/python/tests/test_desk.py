import pytest

from ticket_desk.errors import ReplyCut, TicketTooLong
from ticket_desk.replies import draft_reply
from ticket_desk.summaries import summarise

TICKET = "Where is my order A-1042? It should have been here a week ago. I want my money back."


def draft(session):
    return "".join(draft_reply(session.anthropic, TICKET))


on_both_formats = pytest.mark.parametrize(
    "call",
    [lambda session: summarise(session.openai, TICKET), draft],
    ids=["openai", "anthropic"],
)


def test_looks_up_the_order_and_summarises_the_ticket(open_session):
    session = open_session()
    assert "shipped on 3 March" in summarise(session.openai, TICKET)
    answered = session.verify(order=["summary.look-up", "summary.answer"])
    assert answered["result"] == "pass", answered["reason"]


def test_sends_the_ticket_and_gives_the_result_of_the_tool_back(open_session):
    session = open_session()
    summarise(session.openai, TICKET)

    asked = {"system": {"contains": "Summarise"}, "last": {"text": TICKET}}
    assert session.verify(match={"messages": asked})["count"] == 1
    told = {"last": {"role": "tool", "text": {"contains": "2026-03-03"}}}
    assert session.verify(match={"messages": told})["count"] == 1


def test_keeps_the_reasoning_of_the_turn_that_called_the_tool(open_session):
    session = open_session()
    summarise(session.openai, TICKET)

    verdict = session.judge()
    assert verdict["findings"] == []
    assert verdict["checked"]["dropped-reasoning"] == "pass"


def test_hands_on_a_reply_piece_by_piece(open_session):
    pieces = list(draft_reply(open_session().anthropic, TICKET))
    assert pieces == ["We are sorry ", "that your parcel ", "is late."]


@on_both_formats
def test_asks_again_after_a_429_once_it_has_waited(open_session, call):
    session = open_session("rate-limit")

    assert call(session).startswith("Hello! Thank you")
    counts = session.verify()
    assert (counts["count"], counts["calls"]) == (2, 1)
    verdict = session.judge()
    assert verdict["findings"] == []
    assert verdict["checked"]["retried-too-early"] == "pass"


def test_does_not_take_a_reply_that_was_cut_for_a_whole_one(open_session):
    pieces = []
    with pytest.raises(ReplyCut):
        for piece in draft_reply(open_session("stream-cut").anthropic, TICKET):
            pieces.append(piece)
    assert pieces == ["The first part, ", "the second part, "]


@on_both_formats
def test_says_that_a_ticket_is_too_long_and_does_not_try_again(open_session, call):
    session = open_session("context-overflow")
    with pytest.raises(TicketTooLong):
        call(session)
    answered = session.verify(times={"max": 1})
    assert answered["result"] == "pass", answered["reason"]


def test_summarises_a_recorded_ticket(open_session):
    session = open_session()
    assert summarise(session.openai, "Do you deliver to Iceland?")
    assert [request["cassette"] for request in session.requests()] == ["default"]
