"""The active encoder of a library, and its replacement: in one step, once the next has encoded all photos."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from pathlib import Path

from photosearch.encode.bundle import ID, Bundle, read_bundle, verify_model
from photosearch.encode.bundles import DEFAULT, Bundles
from photosearch.errors import EncoderError, SettingsDamaged
from photosearch.files import read_file
from photosearch.library.active_encoder import ActiveEncoder
from photosearch.models import Progress, Summary, Unreadable
from photosearch.own_files import MOST_BYTES
from photosearch.paths import Places, shown
from photosearch.settings import Device, KeepRules, Settings, parse_settings, write_settings
from photosearch.store.catalog import Catalog
from photosearch.store.lock import sole_writer
from photosearch.store.tables.descriptors import forget_descriptors
from photosearch.store.thumbnails import Thumbnails


class EncoderSwitch:
    """The settings of a library and the encoder in use. What another process sets is noticed at the next question."""

    def __init__(self, places: Places, catalog: Catalog, bundles: Bundles, device: Device | None) -> None:
        """`device` None: the setting."""
        self._places = places
        self._catalog = catalog
        self._bundles = bundles
        self._device: Device | None = device
        self._lock = threading.RLock()
        self._stamp: tuple[int, ...] = ()
        self._settings = Settings()
        self._active = self._make(self.settings.encoder)
        self._copies: ActiveEncoder | None = None
        self._ready: ActiveEncoder | None = None  # made by the thread that took over, to be used from now on

    def close(self) -> None:
        """End the processes that decode."""
        self._active.close()

    @property
    def settings(self) -> Settings:
        """The current settings; while the file cannot be read, the previous ones."""
        with self._lock:
            try:
                self._read_anew()
            except OSError:
                self._settings = self._settings if self._stamp else Settings(keep=None)
            published = self._catalog.published_encoder
            if published is None:
                return self._settings
            return replace(self._settings, encoder=published, next_encoder=None, previous_encoder=None)

    @property
    def keep_rules(self) -> KeepRules:
        """The rules that choose the photo to keep; raises SettingsDamaged where the protected folders are unknown."""
        return _known(self.settings, self._places.settings)

    def _read_anew(self) -> None:
        """Read the settings of another process; raises OSError."""
        try:
            status = os.stat(self._places.settings)
        except FileNotFoundError:  # no settings yet, or an unreadable file was put aside
            self._settings = Settings() if self._settings.keep is None else self._settings
            return
        stamp = status.st_ino, status.st_mtime_ns, status.st_size  # the file is never changed, but replaced
        if stamp != self._stamp:
            self._settings = parse_settings(read_file(self._places.settings, MOST_BYTES))
            self._stamp = stamp

    @property
    def active(self) -> ActiveEncoder:
        """The active encoder and the parts that depend on it; nothing is read yet.

        The previous one is not closed, as it may be in use: its processes end when it is garbage-collected.
        """
        with self._lock:
            settings = self.settings
            wanted = settings.encoder, self._device or settings.device
            if wanted != (self._active.name, self._active.device):
                ready, self._ready = self._ready, None
                is_ready = ready is not None and wanted == (ready.name, ready.device)
                self._active = ready if ready and is_ready else self._make(settings.encoder)
            return self._active

    @property
    def for_copies(self) -> ActiveEncoder:
        """The encoder that duplicates are looked for with: the active one, or for one that was taught, the program's.

        Among 540 photos, one that had learned ten kinds lost 9 of 57 groups of heavily edited copies.
        """
        active = self.active
        try:
            if not active.bundle.is_taught:
                return active
            with self._lock:
                if self._copies is None or self._copies.device != active.device:
                    self._copies = self._make(DEFAULT)
                copies = self._copies
            is_known = not self._catalog.is_published or copies.bundle.id in self._catalog.encoders()
        except EncoderError:
            return active
        return copies if is_known else active

    def renew(self) -> None:
        """Read anew what depends on the catalog: another snapshot of it is read."""
        with self._lock:
            self._active, self._copies = self._make(self.settings.encoder), None

    def change(self, settings: Settings) -> None:
        """Keep `settings`, but for the encoders; another device is tried only when it is used next."""
        if settings.device != self.settings.device:
            self._device = None  # the last choice holds
        self._set(
            lambda now: replace(
                settings,
                encoder=now.encoder,
                next_encoder=now.next_encoder,
                previous_encoder=now.previous_encoder,
            )
        )

    @property
    def adopting(self) -> str | None:
        """The encoder that is to take the place of the active one, if there is one."""
        return self.settings.next_encoder

    def adopt(self, name: str) -> Bundle:
        """Let the encoder `name` replace the active one, which stays active until `take_over` has encoded all photos.

        Where nothing can be searched meanwhile, it is active at once: while there are no photos, or if the one in use
        cannot be run. Raises EncoderError, and changes nothing, if the new one cannot be run or is of no use.
        """
        self._catalog.require_writable()
        coming = self._make(name)
        self._prove(coming)
        if name == self.settings.encoder:
            self._set(lambda now: replace(now, next_encoder=None))
        elif self._can_serve():
            self._set(lambda now: replace(now, next_encoder=name))
        else:
            self._ready = coming
            self._set(lambda now: replace(now, encoder=name, next_encoder=None, previous_encoder=now.encoder))
        return coming.bundle

    def undo(self) -> Bundle:
        """Drop the encoder that is to take over, or go back to the previous one; the descriptors of others are kept.

        Raises EncoderError if there is neither, or if the previous one cannot be run.
        """
        self._catalog.require_writable()
        settings = self.settings
        if settings.next_encoder is not None:
            self._set(lambda now: replace(now, next_encoder=None))
        elif settings.previous_encoder is None:
            raise EncoderError("No other encoder was in use before this one.")
        else:
            before = self._make(settings.previous_encoder)
            before.encoder  # noqa: B018 as it raises
            self._ready = before
            self._set(lambda now: replace(now, encoder=before.name, previous_encoder=None))
        return self.active.bundle

    def take_over(self, summary: Summary, thumbnails: Thumbnails, threads: int) -> Generator[Progress, None, Summary]:
        """Encode all present photos with the encoder that is to take over, if there is one, and then activate it.

        For the library's writer only; closing this early loses nothing. Photos that cannot be read do not hold it up.
        Returns `summary` with these results added, and the reason why the encoder cannot go on, in words.
        """
        from photosearch.ingest.pipeline import encode_again  # a search does not wait for the decoders

        try:
            while (name := self.settings.next_encoder) is not None:
                coming, began = self._make(name), time.monotonic()
                self._prove(coming)
                count, unreadable = yield from encode_again(
                    self._catalog, thumbnails, coming.encoder, threads, lambda name=name: self._is_next(name)
                )
                summary = _added(summary, count, unreadable, time.monotonic() - began)
                if not self._is_next(name):
                    continue
                counts = self._catalog.counts(self._catalog.encoder_id(coming.bundle.id))
                if counts.present and not counts.encoded:  # a drive that hangs must not leave a library without answers
                    raise EncoderError("None of the photos can be read now.")
                yield from coming.vectors.extend(threads)
                coming.vectors.warm_up()
                card = read_bundle(folder := self._bundles.folder(name))
                if verify_model(folder, card) and card.id == coming.bundle.id:  # else it was replaced meanwhile
                    self._ready = coming
                    self._set(lambda now, name=name: _switched(now, name))
                    self._forget_others()
        except EncoderError as error:
            return replace(summary, hindrance=error.sentence)
        return summary

    def _is_next(self, name: str) -> bool:
        return self.settings.next_encoder == name

    def _can_serve(self) -> bool:
        try:
            self.active.encoder  # noqa: B018 as it raises
        except EncoderError:
            return False
        return self._catalog.counts().present > 0

    def _forget_others(self) -> None:
        """Delete the descriptors of encoders that are neither active, previous nor next."""
        settings = self.settings
        names = {settings.encoder, settings.previous_encoder, settings.next_encoder} - {None}
        try:
            kept = {read_bundle(self._bundles.folder(str(name))).id for name in names} | {self.for_copies.bundle.id}
        except EncoderError:
            return  # its files are unknown
        forget_descriptors(self._catalog, {self._catalog.encoder_id(bundle) for bundle in kept})
        for bundle in filter(ID.fullmatch, self._catalog.encoders() - kept):  # no other folder there is of this program
            shutil.rmtree(self._places.search / bundle, ignore_errors=True)

    def _prove(self, coming: ActiveEncoder) -> None:
        """Raise EncoderError if an encoder cannot be run, or gives nothing that photos can be told apart by."""
        from photosearch.encode.proof import prove

        prove(coming.encoder)

    def _make(self, name: str) -> ActiveEncoder:
        device = self._device or self.settings.device
        return ActiveEncoder(self._bundles, name, device, self._catalog, self._places.search)

    def _set(self, change: Callable[[Settings], Settings]) -> None:
        """Change the current settings, while no other process or thread does.

        Raises OSError or SettingsDamaged where the settings are unknown.
        """
        with sole_writer(self._places.settings.with_suffix(".lock")) as waiting:
            for _ in waiting:
                pass
            with self._lock:
                self._read_anew()
            before = self._settings
            _known(before, self._places.settings)  # or its protected folders would be lost
            if (after := change(before)) != before or not self._places.settings.exists():
                write_settings(self._places.settings, after)


def _known(settings: Settings, file: Path) -> KeepRules:
    if settings.keep is None:
        raise SettingsDamaged(
            "The settings “{path}” cannot be read, so it is unknown which folders are protected, and no"
            " photo is removed. “photosearch doctor --repair” puts the settings aside.",
            path=shown(str(file)),
        )
    return settings.keep


def _switched(now: Settings, name: str) -> Settings:
    """Make the encoder `name` active, unless it has been called off."""
    if now.next_encoder != name:
        return now
    return replace(now, encoder=name, next_encoder=None, previous_encoder=now.encoder)


def _added(summary: Summary, count: int, unreadable: Sequence[Unreadable], seconds: float) -> Summary:
    """The summary, with `count` photos encoded again in some more seconds."""
    total_s = summary.seconds + seconds
    return replace(
        summary,
        encoded_again=summary.encoded_again + count,
        unreadable=tuple({each.path: each for each in (*summary.unreadable, *unreadable)}.values()),
        seconds=total_s,
        photos_per_s=(summary.photos_per_s * summary.seconds + count) / max(total_s, 1e-9),
    )
