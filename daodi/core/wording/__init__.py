"""Texts that are used again: templates for answers and dispatches, filled from the matter."""
