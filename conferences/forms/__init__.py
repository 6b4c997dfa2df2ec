"""What people type: read, checked, and never lost."""
