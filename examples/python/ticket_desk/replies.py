from collections.abc import Iterator

from anthropic import Anthropic

from ticket_desk.errors import ReplyCut

INSTRUCTIONS = "Write a short and friendly reply to the support ticket."


def draft_reply(client: Anthropic, ticket: str) -> Iterator[str]:
    """The pieces of a reply as the model writes them. A reply without an end is an error."""
    finished = False
    events = client.messages.create(
        model="LongCat-2.0",
        max_tokens=1000,
        system=INSTRUCTIONS,
        messages=[{"role": "user", "content": ticket}],
        stream=True,
    )
    for event in events:
        if event.type == "content_block_delta" and event.delta.type == "text_delta":
            yield event.delta.text
        finished = finished or event.type == "message_stop"
    # The SDK ends the loop in silence when the connection is closed half way.
    if not finished:
        raise ReplyCut("The reply broke off before its end.")
