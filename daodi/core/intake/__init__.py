"""How a matter comes in: the filing, its files and its contact."""
