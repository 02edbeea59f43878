"""Who there is: units in one tree, official divisions, members with their roles."""
