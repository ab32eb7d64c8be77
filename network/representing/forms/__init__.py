"""What members type about themselves, in their own room and behind the yearly link, and the office's answers."""
