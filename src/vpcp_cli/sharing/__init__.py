"""Pages, papers, workbooks and calendars for people outside the terminal: bytes out of the same query and standing.

The only room that knows the libraries of the extra `office`. A module imports its library as any other; a command asks
`extra.need` for it first, and imports the module then. It may import the root of the package and `render`, for their
words; it reads and writes no files of its own.
"""
