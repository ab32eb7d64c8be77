"""What is stored of an assembly, by the part of its life that writes it; all of it goes with a rehearsal."""
