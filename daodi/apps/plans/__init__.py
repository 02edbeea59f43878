"""Plans: what was decided above, taken apart down to tasks that somebody answers for."""
