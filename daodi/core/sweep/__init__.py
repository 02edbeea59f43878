"""What time does by itself: alarms, cards, clearing, deadlines that become definite."""
