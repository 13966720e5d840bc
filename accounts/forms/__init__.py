"""Shapes of what people enter about accounts."""
