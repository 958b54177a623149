"""What a file stores of an original, and what saving as JPEG leaves: its steps, its grid, its very pixels."""
