"""Check the documents of one state: files in, diagnostics out.

Import `pipeline.run` and `result.RunResult`.

- The checker (`checker`) changes nothing, and records which questions a document's rules ask of the project. The cache
  (`incremental`) uses a result again if the document and the answers to these questions are unchanged. Questions are
  narrow, such as the title of a page, so that a changed page affects few others.
- Findings that depend on the document alone are cached apart from the rest. Suppressions and the baseline are applied
  later. Results of third-party rules are never cached, because these rules can change unnoticed.
- Many documents are read by several processes. The same files and arguments give the same result, with or without a
  cache, in one process or several.
- A suppression hides a finding that starts in its range. The nearest suppression counts: that of the line, then of the
  range, then of the file. Suppressions are records, so rules check them, too: WL007, WL008 and WL009. A suppression
  is reported as unused only if all of its rules ran. An expired suppression is a related place of the finding.
- A finding keeps its identity if lines move: the title and headings above it, and the text that it covers. A finding
  about something missing has a `subject` instead of a text, so that several such findings at one place differ.
"""
