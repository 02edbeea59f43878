"""A matter: its states, the table of moves, what belongs to it and who may see it."""
