"""What stood in the files at a revision, and what several states of them make together. Imports all but `writing`."""
