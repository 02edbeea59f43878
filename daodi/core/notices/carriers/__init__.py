"""What carries notices out of the house, a module each, behind one small interface."""
