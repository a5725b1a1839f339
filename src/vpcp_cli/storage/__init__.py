"""The only room that knows YAML, pydantic, files, git and locks."""
