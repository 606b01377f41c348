"""Read files into records.

Import `reader.read_document` to read a file, `model` for the records, `walk.records_of` to iterate over them.

- Extraction accepts every document and reports nothing; missing values are None or empty.
- Below a *Deliverables* heading, each heading of the topmost level is a deliverable, or else each list item. Without
  that heading, each heading with a link to a GitHub issue, an owner, a checklist or an output is one. Its `form`
  selects rules: `section` (labelled fields), `compact` (`name: FURPS (owners)`), `reference` (details are in the issue)
  or `bare` (a heading only).
- In a weekly update, the front matter and the milestones linked in headings are read. Deliverables and statuses are
  read only if the update has an `achieved:`; everything else is prose, and rules for lines and links ignore it.
- Suppression comments come from the parsed document, so comments in code and in quoted values do not count.
"""
