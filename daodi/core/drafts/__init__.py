"""What somebody has begun to write in a step, kept for them until the step is taken."""
