"""The office's own rooms: today, search, outbox, activity, settings, people and their roles."""
