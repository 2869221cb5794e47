"""Dragoman: a self-hosted news desk that keeps a dated, sourced record of who did what to whom."""

__version__ = "0.1.0"
