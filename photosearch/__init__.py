"""Photosearch: find photos by what they show, on your own computer."""

import os

__version__ = "0.1.0"

# onnxruntime writes an identity of this computer into the user's cache and reports to its makers, from its very import
# on. Set here, where every import of this package begins, it holds for the processes that are started as well.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
