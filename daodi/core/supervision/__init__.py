"""Watching over the work: what is late or comes back, early signs, and patterns to look into."""
