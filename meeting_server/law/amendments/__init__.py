"""Amendments: one module per change of the law, listing only what it changes."""
