"""Where a packaged program begins."""

import os
import sys

for _name in ("stdout", "stderr"):
    if getattr(sys, _name) is None:  # a program of windows has none on Windows, nor do the processes it starts
        setattr(sys, _name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115

from photosearch.__main__ import main  # noqa: E402

sys.exit(main())
