"""What diagnosis looks at: asking the tenant, and what its answers mean. The list is table.py."""
