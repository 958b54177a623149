"""The one object that the command line, the window and training hold: a library and everything it can be asked.

A search must not wait for parts of the program that it does not use, so each question imports its own.
"""

from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from photosearch.encode.bundle import FILES, Bundle
from photosearch.encode.bundles import Bundles
from photosearch.errors import FolderError, OutputError, QueryError
from photosearch.find.similar import calibration_of
from photosearch.library.active_encoder import ActiveEncoder
from photosearch.library.encoder_switch import EncoderSwitch
from photosearch.library.feedback import Feedback
from photosearch.library.photos import Photos
from photosearch.library.seats import find_places, follow, identity_of, open_catalog, open_thumbnails
from photosearch.models import (
    EVERYTHING,
    TIERS,
    Duplicates,
    Evaluation,
    Filter,
    Folder,
    Match,
    Photo,
    Progress,
    Query,
    Summary,
    Tier,
)
from photosearch.paths import clearing_lock, real_path, shown
from photosearch.settings import Device, KeepRules, Settings, usable_cores
from photosearch.store.export import export_vectors
from photosearch.store.lock import sole_writer
from photosearch.store.tables.labels import Labels
from photosearch.store.tables.path_lookup import known_filter, known_query
from photosearch.store.tables.removal import remove_folder
from photosearch.store.vectors import Vectors

if TYPE_CHECKING:
    from photosearch.act.plan import Cleared, Undone
    from photosearch.encode.encoder import Encoder
    from photosearch.find.duplicates.finder import Depth
    from photosearch.ingest.machines import Machines
    from photosearch.library.bursts import Bursts
    from photosearch.library.clusters import Clusters
    from photosearch.library.keywords import Keywords
    from photosearch.library.learning.suggestions import Suggesting
    from photosearch.library.learning.teaching import Teaching
    from photosearch.library.maps.photo_map import PhotoMap
    from photosearch.output import Kind
    from photosearch.store.publication.snapshots import Publication
    from photosearch.store.tables.journal import Act, Way


class Library:
    """A library folder. Every long job is a generator of Progress that may be closed at any time."""

    def __init__(
        self, folder: str | Path | None = None, device: Device | None = None, moves: Mapping[str, str] | None = None
    ) -> None:
        """Open the library in `folder`, making it if it is new; `device` None: the setting. Raises LibraryError.

        One that was published to `folder` is read only. `moves` says where its folders lie here, None: as last said.
        """
        self.places = find_places(Path(folder) if folder else None)
        self.catalog = open_catalog(self.places, moves)
        self.labels = Labels(self.catalog)
        self.thumbnails = open_thumbnails(self.places, self.catalog)
        self.bundles = Bundles(self.places.encoders)
        self.encoders = EncoderSwitch(self.places, self.catalog, self.bundles, device)
        self.photos = Photos(self.catalog, self.thumbnails, lambda: self._active.reader)
        self.feedback = Feedback(self.catalog, lambda path: self._active.digest(path))

    def __enter__(self) -> "Library":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the files and end the processes that decode."""
        self.encoders.close()
        self.catalog.close()
        self.thumbnails.close()

    @cached_property
    def bursts(self) -> "Bursts":
        """Shots in a row."""
        from photosearch.library.bursts import Bursts

        active, rules = (lambda: self._active), (lambda: self.keep_rules)
        return Bursts(self.catalog, self.photos, active, rules, self.places.bursts)

    @cached_property
    def clusters(self) -> "Clusters":
        """The kinds of picture, and the occasions."""
        from photosearch.library.clusters import Clusters

        return Clusters(self.catalog, lambda: self._active, self.places.clusters, self.labels)

    @cached_property
    def keywords(self) -> "Keywords":
        """Labels as keywords of other programs."""
        from photosearch.library.keywords import Keywords

        return Keywords(self.catalog, self.photos, self.labels, self.sole_writer)

    @cached_property
    def suggestions(self) -> "Suggesting":
        """Photos that probably carry a label, and do not carry it yet."""
        from photosearch.library.learning.suggestions import Suggesting

        return Suggesting(self.catalog, self.labels, lambda: self._active)

    @cached_property
    def teaching(self) -> "Teaching":
        """What labels teach in seconds, and searches go by."""
        from photosearch.library.learning.teaching import Teaching

        return Teaching(self.catalog, self.labels, self.feedback, lambda: self._active)

    @cached_property
    def map(self) -> "PhotoMap":
        """The map of all photos."""
        from photosearch.library.maps.photo_map import PhotoMap

        return PhotoMap(self.catalog, lambda: self._active, self.places.map)

    @property
    def settings(self) -> Settings:
        """The current settings, as written by this or another process."""
        return self.encoders.settings

    @property
    def keep_rules(self) -> KeepRules:
        """The rules that choose the photo to keep among duplicates; raises SettingsDamaged where they are unknown."""
        return self.encoders.keep_rules

    @property
    def published_at(self) -> int | None:
        """When others published what this library holds, in seconds since 1970; None of a library of one's own.

        A published one is only read, but for labels and decisions.
        """
        return self.catalog.published_at

    @property
    def _active(self) -> ActiveEncoder:
        return self.encoders.active

    @property
    def bundle(self) -> Bundle:
        """The contents of the card of the active encoder."""
        return self._active.bundle

    @property
    def encoder(self) -> "Encoder":
        """The active encoder, loaded at first use, once for all threads."""
        return self._active.encoder

    @property
    def vectors(self) -> Vectors:
        """The descriptors of the active encoder, for search; one object for all threads."""
        return self._active.vectors

    def warm_up(self) -> None:
        """Preload the data that the first search will need."""
        self._active.warm_up()

    @property
    def encoder_id(self) -> int:
        """The number of the active encoder's vector space in the catalog."""
        return self.catalog.encoder_id(self.bundle.id)

    def waiting(self) -> int:
        """The number of photos that the active encoder has not encoded yet."""
        if self.catalog.is_described(self.encoder_id):
            return 0
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
        machines: "Machines | None" = None,
    ) -> Generator[Progress, None, Summary]:
        """Add `folders` and bring them up to date; without any, bring the whole library up to date.

        After that all photos are encoded by the encoder that is adopted, if there is one, and it takes over. Raises
        FolderError for a folder that is neither there nor known. `exclude` None keeps the previous value.
        `verify` reads every file again, as its bytes may have changed while its size and time did not. `machines`
        read and encode in place of `threads`. Of a published library, the snapshot published last is read from now on.
        """
        if self.catalog.is_published:
            if folders:
                self.catalog.require_writable()
            return follow(self.catalog, self.thumbnails, self.encoders)
        from photosearch.library.indexing import Scope, index

        scope = Scope(folders, recurse, exclude, verify)
        threads = threads or self.settings.threads or usable_cores()
        return (yield from index(self, scope, threads, machines))

    def remove_folder(self, path: str) -> Generator[Progress, None, int]:
        """Forget an added folder and its photos, but for those in another added one; return how many. No file changes.

        Raises FolderError if `path` was not added.
        """
        with self.sole_writer() as waiting:
            yield from waiting
            known = [folder.path for folder in self.catalog.folders()]
            folder = path if path in known else real_path(path)
            if folder not in known:
                raise FolderError("“{path}” is not a folder of the library.", path=shown(path))
            forgotten, digests = remove_folder(self.catalog, folder)
            self.thumbnails.discard(digests)
        return forgotten

    def similar(self, query: Query) -> list[Match]:
        """The photos that look like the query's, best first; raises QueryError where a photo of it cannot be read."""
        if not query.photos:
            raise QueryError("Give a photo to search with.")
        query, active = known_query(self.catalog, query), self._active
        metric = self.teaching.metric_of(active.bundle)
        if not query.verify:
            return active.similar(query, metric)
        from photosearch.find.shared_details import FIRST, verify_first

        matches = active.similar(replace(query, min_score=-1.0, limit=max(query.limit, FIRST)), metric)
        jpegs = [self.photos.thumbnail_of_content(active.digest(path), path) for path in query.photos]
        if query.region:
            jpegs[0] = self.photos.thumbnail_of_file(query.photos[0], query.region)
        known = [jpeg for jpeg in jpegs if jpeg]
        threads = self.settings.threads or usable_cores()
        calibration = active.bundle.calibration
        highest, words = calibration.least_of_a_picture if calibration else 1.0, calibration_of(query, calibration)
        verified = verify_first(known, matches, self.photos.thumbnail, highest, words, threads)
        least = self.threshold(query) if query.min_score is None else query.min_score
        return [match for match in verified if least is None or match.score >= least][: query.limit]

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
        depth: "Depth" = "originals",
        threads: int | None = None,
    ) -> Generator[Progress, None, Duplicates]:
        """Groups of duplicates among the photos that `only` lets through; `rules` None: those that are set.

        `against` is a folder: its photos are kept, and those outside it that are duplicates of one there are found.
        `depth` "known": as far as photos have been compared, at once; "thumbnails": by these only, so that only
        photos whose originals were compared before are proposed to go. Raises EncoderError where the encoder cannot
        tell what its scores mean, unless identical files are all that is asked for.
        """
        from photosearch.library.duplicates import Question, find_duplicates

        rules = rules or self.keep_rules
        depth = "known" if self.catalog.is_published else depth
        against = None if against is None else known_filter(self.catalog, Filter(against)).folder
        question = Question(tiers, known_filter(self.catalog, only), against, rules)
        return (yield from find_duplicates(self, question, depth, threads or self.settings.threads or usable_cores()))

    def clear_away(
        self,
        keepers: Mapping[int, int | None],
        seen: Iterable[Photo],
        way: "Way",
        target: str | None = None,
        inherit: bool = False,
    ) -> Generator[Progress, None, "Cleared"]:
        """Remove each photo of `keepers` in favour of the one that stays in its place, both by id: see `act.clear`.

        None: the person wants it to go though nothing stays; it does not go from a protected folder. `seen` are all of
        these photos as the person saw them: where one has changed since, the photo that was to go stays. So it does
        where edits or a video lie beside it that the other lacks, unless both were seen so: members of groups tell it,
        and `Photos.seen`. Raises OutputError for a `target` in the library's own folder.
        """
        from photosearch.act.clear import clear_away
        from photosearch.act.removals import plan_removals
        from photosearch.output import require_outside

        if target is not None:
            require_outside(target, self.places)
        # Two libraries of one album must not check both that a photo stays, and then remove each the other's.
        with self.sole_writer() as waiting, sole_writer(clearing_lock()) as others:
            yield from waiting
            yield from others
            rules, plan = self.keep_rules, plan_removals(self.catalog, keepers, seen)
            return (yield from clear_away(self.catalog, plan, way, target, inherit, rules))

    def undo(self, act_id: int | None = None) -> Generator[Progress, None, "Undone"]:
        """Restore the files that an act removed, or the last one that can be undone: see `act.undo`."""
        from photosearch.act.undo import undo

        with self.sole_writer() as waiting:
            yield from waiting
            return (yield from undo(self.catalog, act_id))

    def history(self) -> "list[Act]":
        """Every act on photos, the latest first."""
        from photosearch.act.undo import history

        return history(self.catalog)

    def export_vectors(self, file: Path, folder: str | None = None, *, force: bool = False) -> int:
        """Write `paths`, `vectors` float32[n,D] and `encoder` of the present photos as .npz; return n."""
        below = real_path(folder) if folder else None
        with self.output(file, "file of descriptors", force) as out:
            return export_vectors(self.catalog, self.bundle.id, self.bundle.dimension, below, out)

    def publish(
        self, folder: Path, *, force: bool = False, threads: int | None = None
    ) -> Generator[Progress, None, "Publication"]:
        """Write what this library holds to `folder`, for others to read; they see it once all of it is there.

        `force`: what another library published there is replaced. Raises LibraryError.
        """
        from photosearch.output import require_outside
        from photosearch.store.publication.publish import Source, publish

        require_outside(folder, self.places)
        folder = Path(real_path(str(folder)))
        with self.sole_writer() as waiting:
            yield from waiting
            active = self._active
            yield from active.vectors.extend(threads or self.settings.threads or usable_cores())
            bundle = self.bundles.folder(active.name), active.bundle.id, FILES
            source = Source(identity_of(self.places), self.catalog, self.thumbnails, active.vectors, *bundle)
            return (yield from publish(source, folder, force))

    def require_free(self, file: Path, kind: "Kind", force: bool = False) -> None:
        """Raise OutputError if `file` may not be written, before the work for it: see `photosearch.output`."""
        if file.name and self.catalog.has_photo(real_path(file)):
            raise OutputError(
                "“{path}” is a photo, which is never changed; choose another name.", path=shown(str(file))
            )
        from photosearch.output import require_free

        require_free(file, kind, self.places, force)

    @contextmanager
    def output(self, file: Path, kind: "Kind", force: bool = False) -> Generator[BinaryIO]:
        """A file to write for the person, in its place once the block has ended; raises OutputError."""
        from photosearch.output import open_output

        self.require_free(file, kind, force)
        with open_output(file, kind, self.places, force) as out:
            yield out

    def evaluate(self, groups_file: Path, threads: int | None = None) -> Generator[Progress, None, Evaluation]:
        """mAP and recall@1 of the encoder on the photos of a CSV `path,group`, paths relative to it.

        Nothing is added to the library. Raises QueryError if the file or a photo cannot be read.
        """
        from photosearch.library.evaluation import evaluate_encoder

        return evaluate_encoder(self.encoder, groups_file, threads or self.settings.threads or usable_cores())

    def change(self, settings: Settings) -> None:
        """Keep `settings`, but for the encoders, and let them take effect: see `EncoderSwitch`."""
        self.encoders.change(settings)

    def folders(self) -> list[Folder]:
        """The folders that were added."""
        return self.catalog.folders()

    def change_folder(self, folder: Folder) -> None:
        """Store the options of an added folder; they apply from the next indexing run."""
        self.catalog.require_writable()
        self.catalog.add_folder(folder)

    def sole_writer(self) -> AbstractContextManager[Generator[Progress]]:
        """Be the only process that writes to the library; iterate over the result to wait for another to finish.

        Raises LibraryError where the library is only read.
        """
        self.catalog.require_writable()
        return sole_writer(self.places.write_lock)
