"""Writes into every wheel the commit that it is built from, where that is known."""

import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CommitHook(BuildHookInterface[Any]):
    """Called by hatchling, see `pyproject.toml`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add a file with the commit: that of SOURCE_COMMIT, or else of git."""
        if version == "editable":
            return
        commit = os.environ.get("SOURCE_COMMIT", "")
        if not commit:
            asked = subprocess.run(
                ["git", "rev-parse", "HEAD"], cwd=self.root, capture_output=True, text=True, check=False
            )
            commit = asked.stdout.strip()
        if commit:
            file = Path(self.directory) / "commit"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(commit[:12] + "\n", encoding="ascii")
            build_data["force_include"][str(file)] = "photosearch/resources/commit"
