"""What files mean, in tables of SQLite, so that thousands of tasks are selected, counted and sorted in no time.

One index for the content of one programme's file, always in memory; its image is kept in the cache, under the name of
exactly these bytes, and never changes. It may import the root of the package, and of storage what turns records into
plain data and back; what reads YAML only where a file is read.
"""
