"""People on their phones: one port (base), cards as pure functions (card), platforms as adapters."""
