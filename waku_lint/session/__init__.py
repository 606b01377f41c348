"""A session: what a user asks for (a state, a change, the baseline, fixes).

Import `session.Request`, `session.open_session`, `runner.lint` and `runner.fix`.
"""
