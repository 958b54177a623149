"""The search index of one encoder: a matrix of its descriptors, and a graph over their sketches."""
