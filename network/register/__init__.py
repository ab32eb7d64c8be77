"""What has to go to the register of associations, of assemblies and of the board in between, and how far it came."""
