"""Resizing: what a finer picture has beyond a coarser one, and whether it explains all that differs."""
