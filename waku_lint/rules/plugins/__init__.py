"""Where rules that are not ours come from: schemas and files of the project, and installed packages.

Whatever its tier, a rule becomes a `Rule`; only loading it differs.
"""
