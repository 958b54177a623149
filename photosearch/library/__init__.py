"""The one object that the command line, the window and training hold: a library and everything it can be asked."""

from collections.abc import Collection, Generator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from numpy.typing import NDArray

from photosearch.act.clear import clear_away
from photosearch.act.companions import beside
from photosearch.act.plan import Cleared, Undone
from photosearch.act.removals import plan_removals
from photosearch.act.undo import history, recover, undo
from photosearch.encode.bundle import Bundle
from photosearch.encode.bundles import Bundles
from photosearch.errors import FolderError, OutputError, QueryError
from photosearch.find.duplicates.closer_look import Originals
from photosearch.find.duplicates.finder import Finder, Question, Sources
from photosearch.find.evaluation import collect_vectors, evaluate, read_groups
from photosearch.find.hashes import hash_thumbnails
from photosearch.find.similar import calibration_of, combine, find_similar
from photosearch.ingest.decoding.containers import inspect
from photosearch.ingest.pipeline import index, read_ahead
from photosearch.ingest.reader import GONE
from photosearch.ingest.sweep import plan_sweeps
from photosearch.library.active_encoder import Chosen
from photosearch.library.encoder_switch import Serving
from photosearch.models import (
    EVERYTHING,
    TIERS,
    Decision,
    Decoded,
    Duplicates,
    Evaluation,
    Facts,
    Filter,
    FoundFile,
    Lesson,
    Listing,
    Mark,
    Match,
    Matches,
    Order,
    Photo,
    Progress,
    Query,
    Region,
    Ruling,
    Summary,
    Tier,
    Unreadable,
)
from photosearch.output import Kind, open_output, require_free
from photosearch.paths import Places, default_library, real_path, shown
from photosearch.settings import Device, KeepRules, Settings, usable_cores
from photosearch.store.catalog import Catalog
from photosearch.store.lock import sole_writer
from photosearch.store.tables.decisions import decide, let_go, marks, stay, undecide
from photosearch.store.tables.export import export_vectors
from photosearch.store.tables.feedback import judge, judged, list_matches
from photosearch.store.tables.journal import Act, Way
from photosearch.store.tables.labels import Labels
from photosearch.store.tables.listing import count_directories, count_formats, find_named, list_photos, read_photos
from photosearch.store.tables.path_lookup import known_filter, known_path, known_query, photos_at
from photosearch.store.tables.removal import remove_folder
from photosearch.store.tables.rulings import list_rulings, take_back
from photosearch.store.thumbnails import Thumbnails
from photosearch.store.vectors import YOUNG_LIMIT, Vectors

if TYPE_CHECKING:  # onnxruntime takes a tenth of a second to import, and not every question encodes
    from photosearch.encode.encoder import Encoder


class Library:
    """A library folder. Every long job is a generator of Progress that may be closed at any time."""

    def __init__(self, folder: Path | None = None, device: Device | None = None) -> None:
        """Open the library in `folder`, making it if it is new; `device` None: the setting. Raises LibraryError."""
        self.places = Places((folder or default_library()).absolute())
        self.catalog = Catalog(self.places.catalog)
        self.labels = Labels(self.catalog)
        self.thumbnails = Thumbnails(self.places.thumbnails)
        self.bundles = Bundles(self.places.encoders)
        self._serving = Serving(self.places, self.catalog, self.bundles, device)

    def __enter__(self) -> "Library":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._serving.close()
        self.catalog.close()
        self.thumbnails.close()

    @property
    def settings(self) -> Settings:
        """What is set now, by this or another process."""
        return self._serving.settings

    @property
    def keep_rules(self) -> KeepRules:
        """How the photo to keep is chosen among duplicates; raises SettingsDamaged where nobody can tell."""
        return self._serving.keep_rules

    @property
    def _chosen(self) -> Chosen:
        return self._serving.chosen

    @property
    def bundle(self) -> Bundle:
        """What the card of the chosen encoder says."""
        return self._chosen.bundle

    @property
    def encoder(self) -> "Encoder":
        """The chosen encoder, loaded at first use, once for all threads."""
        return self._chosen.encoder

    @property
    def vectors(self) -> Vectors:
        """The descriptors of the chosen encoder, for search; one object for all threads."""
        return self._chosen.vectors

    def warm_up(self) -> None:
        """Load ahead what the first search will need."""
        self._chosen.warm_up()

    @property
    def adopting(self) -> str | None:
        """The encoder that is to take the place of the chosen one, if there is one."""
        return self.settings.next_encoder

    @property
    def encoder_id(self) -> int:
        """The number of the chosen encoder's vector space in the catalog."""
        return self.catalog.encoder_id(self.bundle.id)

    def waiting(self) -> int:
        """How many photos the chosen encoder has not encoded yet."""
        counts = self.catalog.counts(self.encoder_id)
        return counts.present - counts.encoded

    def index(
        self,
        folders: Sequence[str] = (),
        *,
        recurse: bool = True,
        exclude: Sequence[str] | None = None,
        threads: int | None = None,
        verify: bool = False,
    ) -> Generator[Progress, None, Summary]:
        """Add `folders` and bring them up to date; without any, bring the whole library up to date.

        After that all photos are encoded by the encoder that is adopted, if there is one, and it takes over. Raises
        FolderError for a folder that is neither there nor known. `exclude` None keeps what was said before.
        `verify` reads every file again, as its bytes may have changed while its size and time did not.
        """
        threads = threads or self.settings.threads or usable_cores()
        with self.sole_writer() as waiting:
            yield from waiting
            recover(self.catalog)  # files may be on their way, between two names
            chosen = self._chosen
            # No name at all, of which a script may know nothing better, is not that of the current folder.
            paths = [folder and real_path(folder) for folder in folders]
            sweeps = plan_sweeps(self.catalog, paths, recurse, exclude)
            due = YOUNG_LIMIT  # doubled each time: a long first run is searched quickly, and little is written twice
            with closing(index(self.catalog, self.thumbnails, chosen.encoder, sweeps, threads, verify)) as job:
                while True:
                    try:
                        progress = next(job)
                    except StopIteration as end:
                        summary: Summary = end.value
                        break
                    yield progress
                    if progress.stage == "indexing" and progress.done >= due:
                        due *= 2
                        yield from chosen.vectors.extend(threads)
            yield from chosen.vectors.extend(threads)
            yield from hash_thumbnails(self.catalog, self.thumbnails.get, threads)
            return (yield from self._serving.take_over(summary, self.thumbnails, threads))

    def remove_folder(self, path: str) -> Generator[Progress, None, int]:
        """Forget an added folder and its photos, but for those in another added one; return how many. No file changes.

        Raises FolderError if `path` was not added.
        """
        with self.sole_writer() as waiting:
            yield from waiting
            known = [folder.path for folder in self.catalog.folders()]
            folder = path if path in known else real_path(path)
            if folder not in known:
                raise FolderError(f"“{shown(path)}” is not a folder of the library.")
            forgotten, digests = remove_folder(self.catalog, folder)
            self.thumbnails.discard(digests)
        return forgotten

    def similar(self, query: Query) -> list[Match]:
        """The photos that look like the query's, best first; raises QueryError where a photo of it cannot be read."""
        if query.region and len(query.photos) != 1:
            raise QueryError("A region belongs to one photo; give just one.")
        if not query.photos:
            raise QueryError("Give a photo to search with.")
        query = known_query(self.catalog, query)
        chosen = self._chosen
        wanted = [chosen.describe(path, query.region) for path in query.photos]
        unwanted = [chosen.describe(path) for path in query.without]
        dimension = chosen.bundle.dimension
        vector = combine(_matrix(wanted, dimension), _matrix(unwanted, dimension))
        own = {content for _, content in wanted if content is not None}
        return find_similar(self.catalog, chosen.vectors, query, vector, own, chosen.bundle.calibration)

    def threshold(self, query: Query) -> float | None:
        """The score from which on answers to `query` are of its kind; None where that is not known of such a query."""
        calibration = calibration_of(query, self.bundle.calibration)
        return calibration.least_alike if calibration else None

    def duplicates(
        self,
        tiers: Collection[Tier] = TIERS,
        only: Filter = EVERYTHING,
        against: str | None = None,
        rules: KeepRules | None = None,
        *,
        compare: bool = True,
        look: bool = True,
        threads: int | None = None,
    ) -> Generator[Progress, None, Duplicates]:
        """Groups of duplicates among the photos that `only` lets through; `rules` None: those that are set.

        `against` is a folder: its photos are kept, and those outside it that are duplicates of one there are found.
        Not `compare`: as far as photos have been compared, at once. Not `look`: by their thumbnails only, so that only
        what was looked at before is proposed to go. Raises EncoderError where the encoder cannot tell
        what its scores mean, unless identical files are all that is asked for.
        """
        rules = rules or self.keep_rules
        against = None if against is None else known_filter(self.catalog, Filter(against)).folder
        question = Question(tiers, known_filter(self.catalog, only), against, rules)
        sources = Sources(self._thumbnail, self.thumbnails.get, Originals(self._pixels, inspect), beside)
        threads = threads or self.settings.threads or usable_cores()
        with self.sole_writer() as waiting:
            if compare:
                yield from waiting  # during which another encoder may take over
            lookalikes = None if set(tiers) == {"identical"} else self._chosen.lookalikes()
            if compare and lookalikes:
                yield from lookalikes.vectors.extend(threads)  # without the index, 100,000 searches take minutes
            finder = Finder(self.catalog, lookalikes, sources, threads, compare, look)
            return (yield from finder.find(question))

    def decide(self, decision: Decision, photos: Sequence[int], keeper: int | None = None) -> int:
        """Remember what the person decided of photos, by what they show, wherever they are moved; return its number.

        "not duplicates": `photos` and `keeper`, or any two of `photos` if it is None, are in no group together again.
        "keep all": the group of `photos` is shown again only when another photo joins it.
        "keep this": `keeper` is kept rather than any of `photos`.
        """
        return decide(self.catalog, decision, photos, keeper)

    def undecide(self, photos: Sequence[int]) -> None:
        """Forget what was decided of any two of these photos."""
        undecide(self.catalog, photos)

    def let_go(self, marks: Mapping[int, Mark]) -> int:
        """Remember which photos, by id, are to go once that is reviewed; return the number of the decision."""
        return let_go(self.catalog, marks)

    def stay(self, photos: Sequence[int]) -> int:
        """Remember that photos, by id, stay after all; return the number of the decision."""
        return stay(self.catalog, photos)

    def marks(self) -> dict[int, Mark]:
        """The photos, by id, that are to go."""
        return marks(self.catalog)

    def rulings(self) -> list[Ruling]:
        """Every decision about duplicates that was not taken back, the latest first."""
        return list_rulings(self.catalog)

    def take_back(self, number: int) -> Ruling:
        """Forget a decision, so that what was decided before it holds again; raises QueryError if there is none."""
        return take_back(self.catalog, number)

    def at(self, path: str) -> list[int]:
        """The ids of the listed photos at a path: that of a file, or those of all in a folder and below."""
        return photos_at(self.catalog, path)

    def lessons(self, labels: Collection[str] = ()) -> list[Lesson]:
        """What the labels with these names, or all, say of present photos: see `Labels.lessons`."""
        return self.labels.lessons(labels)

    def matches(self) -> Matches:
        """What the person said of pairs of photos, of answers and of duplicates: see `list_matches`."""
        return list_matches(self.catalog)

    def confirm(self, query: str, photos: Sequence[int], same: bool | None) -> None:
        """Remember whether photos, by id, show the same thing as the photo `query`; None: forget what was said.

        `query` need not be in the library. Raises QueryError if it cannot be read.
        """
        judge(self.catalog, self._chosen.digest(known_path(self.catalog, query)), photos, same)

    def confirmed(self, query: str, photos: Sequence[int]) -> dict[int, bool]:
        """What was said of photos, by id, beside the photo `query` (see `confirm`); absent: nothing."""
        said = judged(self.catalog, self._chosen.digest(known_path(self.catalog, query)))
        digests = self.catalog.digests_of_photos(photos)
        return {photo: said[digest] for photo, digest in digests.items() if digest in said}

    def clear_away(
        self, keepers: Mapping[int, int], way: Way, target: str | None = None, inherit: bool = False
    ) -> Generator[Progress, None, Cleared]:
        """Let each photo of `keepers` go for the one that stays in its stead, both by id: see `act.clear`."""
        with self.sole_writer() as waiting:
            yield from waiting
            self.keep_rules  # noqa: B018 as it raises
            return (yield from clear_away(self.catalog, plan_removals(self.catalog, keepers), way, target, inherit))

    def undo(self, act_id: int | None = None) -> Generator[Progress, None, Undone]:
        """Bring back what an act took away, or the last one that can be undone: see `act.undo`."""
        with self.sole_writer() as waiting:
            yield from waiting
            return (yield from undo(self.catalog, act_id))

    def history(self) -> list[Act]:
        """Every act on photos, the latest first."""
        return history(self.catalog)

    def listing(self, order: Order = "newest", only: Filter = EVERYTHING) -> Listing:
        """The readable photos that `only` lets through, missing ones left out, in months if the order is by time."""
        return list_photos(self.catalog, order, known_filter(self.catalog, only))

    def photos(self, ids: Sequence[int]) -> dict[int, Photo]:
        """The photos with these ids; one that is gone or unreadable is absent."""
        return read_photos(self.catalog, ids)

    def directories(self) -> dict[str, int]:
        """Every directory that holds listed photos, and how many lie directly in it."""
        return count_directories(self.catalog)

    def formats(self) -> dict[str, int]:
        """How many listed photos are of each format, as `Facts.format` names it."""
        return count_formats(self.catalog)

    def named(self, start: str) -> set[int]:
        """The ids of the listed photos whose file name begins so, upper and lower case alike."""
        return find_named(self.catalog, start)

    def picture(self, path: str, longest_side: int | None = None) -> NDArray[np.uint8] | Unreadable:
        """The whole photo as it is seen, uint8[H,W,3] in sRGB, shrunk to `longest_side`.

        One of more than 64 megapixels is shrunk in any case, by whole halvings.
        """
        seen = self._chosen.reader.look(path, longest_side)
        return seen if isinstance(seen, Unreadable) else seen.pixels

    def _pixels(self, path: str) -> NDArray[np.uint8] | None:
        pixels = self.picture(path)
        return None if isinstance(pixels, Unreadable) else pixels

    def facts(self, path: str) -> tuple[Facts, bytes] | Unreadable:
        """What any file says of itself, and a thumbnail as JPEG; it need not be in the library."""
        decoded = self._read(path)
        return decoded if isinstance(decoded, Unreadable) else (decoded.facts, decoded.thumbnail)

    def thumbnail(self, photo: Match | Photo) -> bytes | None:
        """A JPEG of about 384 pixels a side, made anew if the cache lacks it; None if the photo cannot be read."""
        return self._thumbnail(self.catalog.digest_of_photo(photo.photo_id), photo.path)

    def _thumbnail(self, digest: bytes | None, path: str) -> bytes | None:
        if digest and (kept := self.thumbnails.get(digest)):
            return kept
        decoded = self._read(path)
        if isinstance(decoded, Unreadable):
            return None
        self.thumbnails.put([(decoded.digest, decoded.thumbnail)])
        return decoded.thumbnail

    def thumbnail_of_file(self, path: str, region: Region | None = None) -> bytes | None:
        """A JPEG of a file that need not be in the library, or of a region of it; None if it cannot be read."""
        decoded = self._read(path, region)
        return None if isinstance(decoded, Unreadable) else decoded.thumbnail

    def export_vectors(self, file: Path, folder: str | None = None, *, force: bool = False) -> int:
        """Write `paths`, `vectors` float32[n,D] and `encoder` of the present photos as .npz; return n."""
        below = real_path(folder) if folder else None
        with self.output(file, "file of descriptors", force) as out:
            return export_vectors(self.catalog, self.bundle.id, self.bundle.dimension, below, out)

    def require_free(self, file: Path, kind: Kind, force: bool = False) -> None:
        """Raise OutputError if `file` may not be written, before the work for it: see `photosearch.output`."""
        if file.name and self.catalog.has_photo(real_path(file)):
            raise OutputError(f"“{shown(str(file))}” is a photo, which is never changed; choose another name.")
        require_free(file, kind, self.places, force)

    @contextmanager
    def output(self, file: Path, kind: Kind, force: bool = False) -> Generator[BinaryIO]:
        """A file to write for the person, in its place once the block has ended; raises OutputError."""
        self.require_free(file, kind, force)
        with open_output(file, kind, self.places, force) as out:
            yield out

    def evaluate(self, groups_file: Path, threads: int | None = None) -> Generator[Progress, None, Evaluation]:
        """mAP and recall@1 of the encoder on the photos of a CSV `path,group`, paths relative to it.

        Nothing is added to the library. Raises QueryError if the file or a photo cannot be read.
        """
        paths, groups = read_groups(groups_file)
        files = (FoundFile(path, 0, 0) for path in dict.fromkeys(paths))
        threads = threads or self.settings.threads or usable_cores()
        with closing(read_ahead(files, self.encoder, lambda _: None, threads)) as batches:
            found = yield from collect_vectors(batches, len(paths))
        return evaluate(np.stack([found[path] for path in paths]), groups)

    def adopt(self, name: str) -> Bundle:
        """Have the next indexing runs encode all photos with another encoder, which then takes over: see `Serving`."""
        return self._serving.adopt(name)

    def undo_adoption(self) -> Bundle:
        """Drop the encoder that is to take over, or go back to the one before; return the card of the one in use."""
        return self._serving.undo()

    def change(self, settings: Settings) -> None:
        """Keep `settings`, but for the encoders, and let them take effect: see `Serving`."""
        self._serving.change(settings)

    def sole_writer(self) -> AbstractContextManager[Generator[Progress]]:
        """Be the only process that writes to the library; consume what this gives to wait for another to finish."""
        return sole_writer(self.places.write_lock)

    def _read(self, path: str, region: Region | None = None) -> Decoded | Unreadable:
        try:
            return self._chosen.read(path, region)
        except FileNotFoundError:
            return Unreadable(path, GONE, "disk")


def _matrix(described: Sequence[tuple[NDArray[np.float32], int | None]], dimension: int) -> NDArray[np.float32]:
    return np.array([vector for vector, _ in described], np.float32).reshape(-1, dimension)
