"""Where things are under the product's public address."""

V1 = "/api/v1"
"""What programs and our own pages call."""
