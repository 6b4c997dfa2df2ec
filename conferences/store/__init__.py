"""Idempotent bulk writes: what did not change is not written."""
