"""Events: who registers, who has a seat, who waits, who came, and what was said afterwards."""
