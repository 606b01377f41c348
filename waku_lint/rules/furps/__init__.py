"""Rules about feature files and FURPS statements."""
