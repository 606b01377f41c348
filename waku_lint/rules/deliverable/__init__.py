"""Rules about deliverables."""
