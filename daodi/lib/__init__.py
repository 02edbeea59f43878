"""Helpers that any project could use; nothing in here knows Daodi."""
