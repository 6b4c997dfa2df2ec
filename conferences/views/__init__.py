"""Thin: who asks, what for, which template."""
