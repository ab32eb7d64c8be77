"""Who the association is: name, seat, register, sender, legal texts."""
