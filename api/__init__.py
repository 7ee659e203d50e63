"""Floor 6: the HTTP interface. Endpoints are thin; what they need is in `Parts`."""
