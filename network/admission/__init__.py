"""How an organisation becomes a member: application, evidence, visit, proposal, decision."""
