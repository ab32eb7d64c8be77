"""What is typed in for events."""
