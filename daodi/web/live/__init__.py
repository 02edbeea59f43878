"""Open pages are told at once what others do: one look a second, however many pages are open."""
