"""The history of the association: what rows tell, and milestones that the office wrote."""
