"""Run waku-lint as `python -m waku_lint`."""

from __future__ import annotations

from waku_lint.entry import main

if __name__ == "__main__":
    main()
