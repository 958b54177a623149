"""What many tests encode is encoded once."""

from tests.encode.encoded_once import encoded_once

__all__ = ["encoded_once"]
