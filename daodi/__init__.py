"""Daodi 到底: every matter that somebody raised, followed to its end."""
