"""Early warning: more of one thing in one area than its own past allows, told to who can act."""
