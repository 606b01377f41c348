"""The project: what stands between documents, for rules to ask.

Import `project.Project`.
"""
