"""Laying one picture over another, and telling from their thumbnails whether one was made from the other."""
