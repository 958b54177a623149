"""What many tests encode is encoded once."""

from tests.encoding import encoded_once

__all__ = ["encoded_once"]
