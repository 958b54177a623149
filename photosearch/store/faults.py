"""What is wrong with a catalog, as far as it can be told from itself."""

import sqlite3

from photosearch.store.database import columns_of, expected_columns

# Of tables, the rows that hold what cannot be.
WRONG = (
    ("folder", "NOT json_valid(exclude) OR json_type(exclude) <> 'array' OR instr(path, x'00') OR path = x''"),
    ("photo", "instr(path, x'00') OR size_bytes < 0"),
    ("content", "width < 1 OR height < 1"),
    ("verdict", "evidence IS NOT NULL AND (NOT json_valid(evidence) OR json_array_length(evidence) < 5)"),
    (
        "descriptor",
        "id IN (SELECT id FROM descriptor JOIN (SELECT encoder_id, length(vector) AS usual,"
        " row_number() OVER (PARTITION BY encoder_id ORDER BY count(*) DESC) AS place FROM descriptor GROUP BY 1, 2)"
        " USING (encoder_id) WHERE place = 1 AND length(vector) <> usual)",
    ),
    ("container", "NOT json_valid(facts) OR json_type(facts, '$.pictures') IS NOT 'integer'"),
    ("coverage", "NOT json_valid(told) OR json_array_length(told, '$.sides') IS NOT 2"),
)


def find_faults(connection: sqlite3.Connection) -> list[str]:
    """The faults of a catalog, in SQLite's own words and in ours; empty where it is sound."""
    problems = [text for (text,) in connection.execute("PRAGMA integrity_check(10)") if text != "ok"]
    orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    lacking = expected_columns() - columns_of(connection)
    wrong = list[tuple[str, int]]()
    for table, what in () if lacking else WRONG:
        (count,) = connection.execute(f"SELECT count(*) FROM {table} WHERE {what}").fetchone()
        wrong.append((table, count))
    return [
        *problems,
        *(f"{' '.join(column)} is lacking" for column in sorted(lacking)),
        *(f"{table} row {row} refers to nothing" for table, row, *_ in orphans),
        *(f"{count:,} rows of {table} hold what cannot be" for table, count in wrong if count),
    ]
