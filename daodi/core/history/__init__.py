"""What happened, line by line: never changed, never deleted, and able to prove it."""
