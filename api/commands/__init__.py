"""What `python -m api` does beside serving, by subject."""
