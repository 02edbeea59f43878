"""Every count and rate: defined once, kept with their past, found again behind each number."""
