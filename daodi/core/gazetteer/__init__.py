"""What places are called here and where they lie: from a table, and learnt from the work."""
