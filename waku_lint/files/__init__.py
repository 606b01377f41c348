"""Read files from snapshots and git, write files, and store the cache.

Import `snapshot.open_snapshot`, `source.SourceFile`, `writer` and `cache`.

- A snapshot is one state of all files. The index and revisions are read with one `git cat-file --batch`. The commands
  of git run no program of the repository, fetch nothing and take no lock.
- Writing is atomic: contents are written to new files beside the old ones and synced, then renamed. If one file fails,
  all files are restored. Signals wait until this is done.
- The cache is optional. A key is the digest of everything that an entry depends on, so entries are never invalidated,
  and an unreadable entry counts as missing.
"""
