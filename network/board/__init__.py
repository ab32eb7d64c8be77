"""The board: its seats, the terms of those who hold them, and who represents the association on a day."""
