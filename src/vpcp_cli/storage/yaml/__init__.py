"""Text, tokens and plain data, each with its place: YAML, and nothing of what a file means. Imports no package."""
