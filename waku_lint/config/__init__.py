"""Configuration: .waku-lint.yaml, presets, kinds of documents and path patterns.

Import `config.load` and `config.Config`; the other modules serve these.
"""
