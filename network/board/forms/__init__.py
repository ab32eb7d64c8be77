"""What is typed about the board."""
