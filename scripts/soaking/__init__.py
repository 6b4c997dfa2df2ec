"""What scripts/soak is made of: a plan from a seed, a person at the pages, books of the rows."""
