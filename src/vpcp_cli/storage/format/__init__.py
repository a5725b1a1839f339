"""Plain data into programmes and registers, or findings; the format as a schema. Imports `yaml`."""
