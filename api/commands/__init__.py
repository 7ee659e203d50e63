"""What `python -m api` does as somebody's token: everything over HTTP, so the API alone says who may do what."""
