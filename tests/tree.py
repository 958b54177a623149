"""Where things lie in the source tree."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "tests" / "reference"  # arrays that the authors' public implementations gave
