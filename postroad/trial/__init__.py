"""Processes played on the engine alone, with real rules, people and calendar, and nobody troubled by it."""
