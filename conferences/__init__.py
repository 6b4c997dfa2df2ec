"""Planned events and what is known of how they were held."""
