"""Asking residents afterwards: whom, drawn by lot or all, how often, and what came of it."""
