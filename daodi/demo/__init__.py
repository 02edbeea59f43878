"""A made-up year in a real county: units, people and requests to look around in."""
