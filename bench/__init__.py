"""What a page costs, beside a bare Django page on the same database; see docs/performance.md."""
