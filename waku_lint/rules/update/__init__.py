"""Rules about weekly updates."""
