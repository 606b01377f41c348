"""What a process expects, as data: one YAML file a preset, in the form of `.waku-lint.yaml`."""
