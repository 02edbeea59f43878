"""What managers did: each act of administration leaves a line that nobody can change."""
