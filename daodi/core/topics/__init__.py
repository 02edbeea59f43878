"""What many people write about at once: topics, grouped again whenever something new comes in."""
