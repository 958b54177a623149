"""What a test raises that found something wrong."""


class Failed(Exception):
    """The message says what is wrong, as a sentence."""
