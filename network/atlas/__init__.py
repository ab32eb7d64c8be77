"""The directory as pictures: the map, the charts, the history of the association."""
