from collections.abc import Iterator

from anthropic import Anthropic, BadRequestError, Stream
from anthropic.types import RawMessageStreamEvent

from ticket_desk.errors import ReplyCut, TicketTooLong

INSTRUCTIONS = "Write a short and friendly reply to the support ticket."


def draft_reply(client: Anthropic, ticket: str) -> Iterator[str]:
    """The pieces of a reply as the model writes them. A reply without an end is an error."""
    finished = False
    for event in _open(client, ticket):
        if event.type == "content_block_delta" and event.delta.type == "text_delta":
            yield event.delta.text
        finished = finished or event.type == "message_stop"
    # The SDK ends the loop in silence when the connection is closed half way.
    if not finished:
        raise ReplyCut("The reply broke off before its end.")


def _open(client: Anthropic, ticket: str) -> Stream[RawMessageStreamEvent]:
    try:
        return client.messages.create(
            model="LongCat-2.0",
            max_tokens=1000,
            system=INSTRUCTIONS,
            messages=[{"role": "user", "content": ticket}],
            stream=True,
        )
    except BadRequestError as error:
        # The code of LongCat, which Anthropic's errors do not have.
        if "context_length_exceeded" in error.response.text:
            raise TicketTooLong("The ticket is too long for the model.") from error
        raise
