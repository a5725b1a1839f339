"""A write, from the additions to the bytes on the disk, and back. Imports all the others."""
