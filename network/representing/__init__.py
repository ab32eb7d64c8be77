"""What members do themselves: their own pages, proposals to the office, the yearly question."""
