"""The clocks that run on a matter, and how its moves turn them."""
