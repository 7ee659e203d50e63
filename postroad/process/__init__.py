"""Floor 1: the engine, a pure function from a state and an event to a state, commands and what people should see."""
