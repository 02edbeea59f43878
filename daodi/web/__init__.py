"""What every page stands on, and the desk: the core's own pages."""
