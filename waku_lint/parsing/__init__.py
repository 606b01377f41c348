"""Text to trees: the only importers of the parsing libraries."""
