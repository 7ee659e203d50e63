"""Runs the whole product on one machine, and plays the purchase story on it. Knows it only from outside."""
