"""The engine: documents of one state in, diagnostics out.

Import `pipeline.run` and `result.RunResult`.
"""
