"""Decision tables as other programs keep them: each format to and from a table, from bytes to bytes."""
