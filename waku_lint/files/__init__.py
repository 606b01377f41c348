"""Files: snapshots of a project, git, writing, and the cache's store.

Import `snapshot.open_snapshot`, `source.SourceFile`, `writer` and `cache`.
"""
