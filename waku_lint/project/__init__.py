"""Answer questions of rules about other files of the project.

Import `project.Project`.

- Methods with `@query` answer questions, for example the file that a link leads to or the pages that link a feature.
  Rules never iterate over all documents. The cache depends on recorded questions, so a question is narrow.
- A statement is found by its position in its category, or by its written number. Lists that continue after sub-headings
  and written ids (`- P1. text`) both work.
- Quotations are compared without wrapping, blanks, kinds of quotation marks, struck words and a remark at the end.
  Differences in punctuation, sign-off marks or case only are differences of form.
"""
