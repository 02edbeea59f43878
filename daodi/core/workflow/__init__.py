"""The acts: one function for each step in the life of a matter."""
