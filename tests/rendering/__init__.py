"""Renders a matrix of numbers as an annual report, in the layouts, damages and containers that agencies publish."""
