"""Git itself, asked of its plumbing, and what it can't tell. Imports the folder and its files, and no other package."""
