"""What a page shows. Reads only."""
