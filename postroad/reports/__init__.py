"""Read models over the store: what people ask about all instances together."""
