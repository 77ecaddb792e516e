import sys

from anthropic import Anthropic
from openai import OpenAI

from ticket_desk.replies import draft_reply
from ticket_desk.summaries import summarise

# The clients read OPENAI_BASE_URL, OPENAI_API_KEY, ANTHROPIC_BASE_URL and ANTHROPIC_AUTH_TOKEN.
ticket = sys.stdin.read()
print(summarise(OpenAI(), ticket), end="\n\n")
for piece in draft_reply(Anthropic(), ticket):
    print(piece, end="", flush=True)
print()
