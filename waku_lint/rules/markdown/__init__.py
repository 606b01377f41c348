"""Rules about Markdown: links, headings, tables and lists."""
