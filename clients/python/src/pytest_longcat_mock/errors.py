"""What goes wrong between a test and the mock."""


class LongcatMockError(Exception):
    """The mock could not be started or reached, or refused what a test asked of it."""
