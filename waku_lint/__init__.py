"""waku-lint: a linter for roadmap repositories."""

__version__ = "0.1.0"
