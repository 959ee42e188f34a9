"""Klubban, the digital meeting platform for Swedish municipal assemblies and committees."""

__version__ = "0.1.0"
