"""A failed test raises this."""


class Failed(Exception):
    """The message says what is wrong, as a sentence."""
