"""The rulebook: what is said about each rule that a file can break, by family."""
