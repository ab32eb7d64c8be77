"""The resolution book (Beschlussbuch): what the members, the board or a written vote decided, numbered and findable."""
