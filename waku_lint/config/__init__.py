"""Load the configuration: .waku-lint.yaml, presets, kinds of documents and path patterns.

Import `config.load` and `config.Config`; the other modules implement these.

- `file` parses one file and records the place of each value, `layers` finds the files and presets that it extends, and
  `config` merges all of them into one frozen `Config`. An error found later can thus name the file and line.
- Rules and their options are checked in `rules.registry`, because plugins define rules, too.
"""
