"""Fuzzing with atheris: a module for each target, run as `python -m fuzz.markdown -max_total_time=600`."""
