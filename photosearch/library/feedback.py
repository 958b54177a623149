"""The person's feedback: decisions about duplicates, photos to remove, and confirmed or rejected answers."""

from collections.abc import Callable, Mapping, Sequence

from photosearch.models import Decision, DecisionKind, Mark, Matches
from photosearch.store.catalog import Catalog
from photosearch.store.tables.decision_list import list_decisions, take_back
from photosearch.store.tables.decisions import decide, let_go, marks, stay, undecide
from photosearch.store.tables.feedback import judge, judged, list_matches
from photosearch.store.tables.path_lookup import known_path


class Feedback:
    """Keeps feedback by the contents of photos, so that it holds wherever they are moved."""

    def __init__(self, catalog: Catalog, digest_of: Callable[[str], bytes]) -> None:
        """`digest_of` gives the digest of any photo that can be read, else it raises QueryError."""
        self._catalog = catalog
        self._digest_of = digest_of

    def decide(self, decision: DecisionKind, photos: Sequence[int], keeper: int | None = None) -> int:
        """Store a decision about photos, by their contents, so that moves do not affect it; return its number.

        "not duplicates": `photos` and `keeper`, or any two of `photos` if it is None, are in no group together again.
        "keep all": the group of `photos` is shown again only when another photo joins it.
        "keep this": `keeper` is kept rather than any of `photos`.
        """
        return decide(self._catalog, decision, photos, keeper)

    def undecide(self, photos: Sequence[int]) -> None:
        """Delete the decisions about any two of these photos."""
        undecide(self._catalog, photos)

    def let_go(self, marks: Mapping[int, Mark]) -> int:
        """Remember which photos, by id, are to go once that is reviewed; return the number of the decision."""
        return let_go(self._catalog, marks)

    def stay(self, photos: Sequence[int]) -> int:
        """Remember that photos, by id, stay after all; return the number of the decision."""
        return stay(self._catalog, photos)

    def marks(self) -> dict[int, Mark]:
        """The photos, by id, that are to go."""
        return marks(self._catalog)

    def decisions(self) -> list[Decision]:
        """Every decision about duplicates that was not taken back, the latest first."""
        return list_decisions(self._catalog)

    def take_back(self, number: int) -> Decision:
        """Forget a decision, so that the one before it holds again; raises QueryError if there is none."""
        return take_back(self._catalog, number)

    def matches(self) -> Matches:
        """The person's feedback on pairs of photos, on answers and on duplicates: see `list_matches`."""
        return list_matches(self._catalog)

    def confirm(self, query: str, photos: Sequence[int], same: bool | None) -> None:
        """Remember whether photos, by id, show the same thing as the photo `query`; None: delete the feedback.

        `query` need not be in the library. Raises QueryError if it cannot be read.
        """
        judge(self._catalog, self._digest_of(known_path(self._catalog, query)), photos, same)

    def confirmed(self, query: str, photos: Sequence[int]) -> dict[int, bool]:
        """The feedback on photos, by id, as answers to the photo `query` (see `confirm`); absent: none."""
        said = judged(self._catalog, self._digest_of(known_path(self._catalog, query)))
        digests = self._catalog.digests_of_photos(photos)
        return {photo: said[digest] for photo, digest in digests.items() if digest in said}
