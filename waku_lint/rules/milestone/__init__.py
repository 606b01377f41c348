"""Rules about milestone pages."""
