"""What workspaces mean, as tables of databases that other programs ask: SQLite, PostgreSQL, Parquet.

The tables are those of `index.relations` with a column for the workspace; above them stand views. A load puts one
workspace in the place of what was there of it, whole or not at all, and does nothing where that is the same. The only
room that knows the drivers of the extra `data`; it imports them late.
"""
