"""Every measure of the field, of encoders and each re-ranking, on photos with known groups.

    python -m photosearch.training.evaluate GROUPS_CSV BUNDLE_FOLDER…

GROUPS_CSV has the columns path,group; each photo asks for the others of its group.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.metrics import average_precision_score, normalized_mutual_info_score

from photosearch.encode.encoder import Encoder
from photosearch.errors import PhotosearchError
from photosearch.find.evaluation import Places, mean_average_precision, places_by_label, read_groups, recall_at
from photosearch.training.data.descriptors import describe
from photosearch.training.metrics import map_at_r, precision_at
from photosearch.training.reranking import RERANKINGS, by_cosine

SEED = 0

# Of the places of right answers, 0 to 1
MEASURES: dict[str, Callable[[Sequence[Places]], float]] = {
    "mAP": mean_average_precision,
    "MAP@R": map_at_r,
    "recall@1": lambda places: recall_at(places, 1),
    "recall@4": lambda places: recall_at(places, 4),
    "precision@5": lambda places: precision_at(places, 5),
}


def micro_average_precision(vectors: NDArray[np.floating], labels: NDArray[np.int64]) -> float:
    """µAP, 0 to 1: the average precision of all pairs of unit float[n, D] in one row, by their falling cosine.

    Unlike mAP, it asks that a score mean the same for every photo. Douze et al., "The 2021 image similarity dataset and
    challenge", 2021, section 3.2.
    """
    pairs = np.triu_indices(len(vectors), 1)
    right = labels[pairs[0]] == labels[pairs[1]]
    return float(average_precision_score(right, (vectors @ vectors.T)[pairs])) if right.any() else 0.0


def clustering_nmi(vectors: NDArray[np.floating], labels: NDArray[np.int64]) -> float:
    """The mutual information, 0..1, of labels int[n] and the k-means of unit float[n, D], as many as labels.

    Mutual information by the mean of both entropies. Song, Xiang, Jegelka & Savarese, "Deep metric learning via lifted
    structured feature embedding", 2016.
    """
    found = KMeans(len(np.unique(labels)), random_state=SEED).fit_predict(vectors)
    return float(normalized_mutual_info_score(labels, found))


def measure(vectors: NDArray[np.float32], labels: NDArray[np.int64]) -> dict[str, dict[str, float]]:
    """The MEASURES of each re-ranking, by their names, and those that need no ranks under “vectors”."""
    rankings = {"cosine": by_cosine, **RERANKINGS}
    measures = {name: _of_ranks(rank(vectors, vectors), labels) for name, rank in rankings.items()}
    measures["vectors"] = {"µAP": micro_average_precision(vectors, labels), "NMI": clustering_nmi(vectors, labels)}
    return measures


def _of_ranks(ranks: NDArray[np.int64], labels: NDArray[np.int64]) -> dict[str, float]:
    places = places_by_label(ranks, labels)
    return {name: of(places) for name, of in MEASURES.items()}


def main() -> None:
    """Run the command; a line for each bundle and re-ranking, in percent."""
    parser = argparse.ArgumentParser(prog="python -m photosearch.training.evaluate", description=__doc__)
    parser.add_argument("groups", type=Path, metavar="GROUPS_CSV", help="as `photosearch evaluate` takes it")
    parser.add_argument("bundles", type=Path, nargs="+", metavar="BUNDLE_FOLDER")
    arguments = parser.parse_args()
    try:
        paths, groups = read_groups(arguments.groups)
        labels = np.unique(groups, return_inverse=True)[1]
        for folder in arguments.bundles:
            encoder = Encoder(folder, "cpu")
            vectors = describe(encoder, [Path(path) for path in paths], lambda photo, _: [photo])[:, 0]
            print(encoder.bundle.id)
            for name, values in measure(vectors, labels).items():
                print(f"  {name:12}" + ", ".join(f"{each} {100 * value:.2f}" for each, value in values.items()))
    except PhotosearchError as error:
        parser.exit(1, f"{error}\n")


if __name__ == "__main__":
    main()
