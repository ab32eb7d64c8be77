"""What is typed in for assemblies."""
