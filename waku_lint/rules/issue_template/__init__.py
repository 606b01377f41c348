"""Rules about GitHub issue templates and forms."""
