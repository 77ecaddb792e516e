class TicketTooLong(Exception):
    """The ticket does not fit the model's context."""


class ReplyCut(Exception):
    """The reply broke off before its end."""
