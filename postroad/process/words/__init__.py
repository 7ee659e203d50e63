"""A definition in the sentences that people read on its picture; nothing here decides anything."""
