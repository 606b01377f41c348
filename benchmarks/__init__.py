"""Measurements of speed: ratios of what is done side by side in one run, never a time alone."""
