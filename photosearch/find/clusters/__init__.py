"""Clusters: a hierarchy of photos by their descriptors, cut anywhere, with the level found by itself."""

from photosearch.find.clusters.hierarchy import Hierarchy, cluster
from photosearch.find.clusters.typicality import medoids, typicality

__all__ = ["Hierarchy", "cluster", "medoids", "typicality"]
