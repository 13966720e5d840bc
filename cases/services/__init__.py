"""Every act of case work: one keyword-only function each, in the order of architecture.md § 4."""
