"""A desk for support tickets: summaries by the OpenAI format, replies by the Anthropic one."""
