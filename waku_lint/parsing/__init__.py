"""Parse Markdown and YAML into trees with exact positions; the only importer of the parsing libraries.

Import `markdown.Markdown` and `yaml.parse`.

- Offsets are code points in the content exactly as it is on disk. marko changes line ends before it parses, so `mask`
  replaces these, the byte order mark and the front matter by characters of the same length.
- `bounds` rejects content that would take marko too long, with checks of linear time: long lines, many markers, deep
  nesting, many delimiters in a paragraph. `limits` has the configured limits; a `LimitError` becomes WL001.
- `lines` and `parser` replace slow parts of marko and give the same trees; a test compares them.
- PyYAML stops while it composes a document with too many nodes."""
