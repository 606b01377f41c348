"""Requests of a user: check a state or a change, update the baseline, apply fixes, explain a result.

Import `session.Request`, `session.open_session`, `runner.lint` and `runner.fix`.

- A request reads one state of the files: the worktree, the index or a revision. The configuration and the baseline come
  from the same state. An unsaved document replaces one file of it; the configuration is always the saved one.
- A change is checked in the whole project. Findings in touched documents, and findings about them, are reported.
  Findings elsewhere that refer to a changed, renamed or deleted file are reported with their cause if the state before
  the change does not have them. Paths on the command line only narrow this, so any split of them reports the same.
- The identity of a finding is its path, code, context (title and headings) and text, not its line or message. A
  baseline entry matches at most one finding. If the file of an entry was moved, git or the rest of the entry finds it.
  If there are more equal findings than entries, all of them are reported, because the new ones are unknown.
- Fixes run in passes. A pass applies the fixes that do not touch each other, then checks everything again, because a
  fix can affect other files. If content repeats, rules undo each other: the file is restored, and a crash is reported.
"""
