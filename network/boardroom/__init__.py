"""The board between assemblies: its meetings with agenda, decisions and minutes, and the tasks that come of them.

A slice of its own above `circulars`: it decides with the rules of `resolutions`, knows who sits on the `board`, and
what a member of the board has before them tells of decisions in writing, too.
"""
