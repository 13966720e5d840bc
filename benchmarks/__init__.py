"""Measures that print ratios; never a timed test."""
