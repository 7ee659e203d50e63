"""Floor 0: the words of the business as immutable pydantic models. No I/O, no clock, no chance."""
