"""Kommunallagen (2017:725): one module per heading, rules for the assembly in statute order."""
