"""Dates as the Secretariat writes them in each language: the day first, the month in words."""
