"""Who is told what: notices written with their cause, and sent afterwards."""
