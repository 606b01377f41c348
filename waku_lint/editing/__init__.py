"""Commands that write documents: init, new, impact, rename and renumber.

Each module plans new texts; `files.writer` writes them.
"""
