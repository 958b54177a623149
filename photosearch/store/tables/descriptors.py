"""Deletion of the descriptors of encoders that are no longer needed."""

from collections.abc import Collection

from photosearch.store.catalog import Catalog
from photosearch.store.database import transaction

STEP = 5_000  # rows deleted in one transaction


def forget_descriptors(catalog: Catalog, kept: Collection[int]) -> None:
    """Delete all descriptors of encoders whose numbers are not `kept`, in parts."""
    connection = catalog.connection
    for (encoder_id,) in connection.execute("SELECT id FROM encoder").fetchall():
        if encoder_id in kept:
            continue
        with transaction(connection):
            connection.execute("DELETE FROM searched WHERE encoder_id = ?", (encoder_id,))
            connection.execute("DELETE FROM panel_progress WHERE encoder_id = ?", (encoder_id,))
        for table, key in (("candidate", "one, other, encoder_id"), ("panel", "id"), ("descriptor", "id")):
            sql = f"DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE encoder_id = ? LIMIT {STEP})"
            deleted = STEP
            while deleted == STEP:
                with transaction(connection):
                    deleted = connection.execute(sql, (encoder_id,)).rowcount
