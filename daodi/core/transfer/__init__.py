"""Matters in and out by the thousand: import of Excel and CSV."""
