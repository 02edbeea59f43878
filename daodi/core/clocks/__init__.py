"""What time is counted how: calendars and policies, both of them data."""
