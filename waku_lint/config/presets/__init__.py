"""Built-in presets: one YAML file for each, in the format of `.waku-lint.yaml`."""
