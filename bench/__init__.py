"""Measures the product against a bare hand-written Temporal workflow of the same shape, side by side."""
