"""Rules about files, front matter and suppressions."""
