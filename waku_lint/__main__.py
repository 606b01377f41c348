"""Run waku-lint as `python -m waku_lint`."""

from __future__ import annotations

from waku_lint.cli import main

if __name__ == "__main__":
    main()
