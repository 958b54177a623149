"""Writes a CycloneDX list of all parts of a packaged program: its packages, and the libraries inside their wheels.

    python packaging/sbom.py BUNDLE_FOLDER OUT.json    (in the environment that the program was packed from)

Wheels that tell of the libraries they carry do so in `*.dist-info/sboms`; what they say is taken over.
"""

import hashlib
import json
import os
import sys
import time
import uuid
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from photosearch import __version__


def components_of(inner: Path) -> list[dict[str, Any]]:
    """The parts that the notices of a packaged program name, each with its libraries and their SHA-256."""
    index = json.loads((inner / "photosearch" / "resources" / "notices" / "index.json").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = []
    for part in index:
        kind = "pypi" if part["kind"] == "python" else "deb/debian"
        reference = f"pkg:{kind}/{part['name'].lower()}@{part['version']}"
        libraries = [
            {"type": "file", "name": name, "hashes": [{"alg": "SHA-256", "content": _digest(inner / name)}]}
            for name in part["files"]
            if (inner / name).is_file()
        ]
        component: dict[str, Any] = {
            "type": "library", "bom-ref": reference, "name": part["name"], "version": part["version"],
            "purl": reference, "licenses": [{"license": {"name": part["licence"] or "see the notices"}}],
        }  # fmt: skip
        found.append(component | ({"components": libraries} if libraries else {}))
    return found


def inside_wheels() -> list[dict[str, Any]]:
    """The libraries that wheels say they carry, each once."""
    found: dict[str, dict[str, Any]] = {}
    for package in distributions():
        for file in package.files or []:
            if "sboms" in file.parts and file.suffix == ".json":
                for part in json.loads(Path(str(file.locate())).read_text(encoding="utf-8")).get("components", []):
                    reference = part.get("purl") or part["name"]
                    part.pop("bom-ref", None)
                    found[reference] = {"type": "library", **part, "bom-ref": f"{package.name}:{reference}"}
    return [found[reference] for reference in sorted(found)]


def main() -> None:
    """Write the list."""
    bundle, out = map(Path, sys.argv[1:3])
    moment = int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
    parts = [*components_of(bundle / "_internal"), *inside_wheels()]
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(parts, sort_keys=True))}",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment)),
            "component": {"type": "application", "name": "photosearch", "version": __version__},
        },
        "components": parts,
    }
    out.write_text(json.dumps(document, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
