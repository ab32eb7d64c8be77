"""Decisions in writing, without a meeting: of the board (§ 28 with § 32 III BGB) and of the members (§ 32 III BGB)."""
