"""Working groups: what they are for, who takes part for which member, and from when to when."""
