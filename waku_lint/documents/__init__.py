"""Documents: files read into records.

Import `reader.read_document` to read a file, `model` for the records, `walk.records_of` to go through them.
"""
