"""What members make of their lists: conditions kept under a name, and the columns they want."""
