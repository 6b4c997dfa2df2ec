"""What Sync Data expects of a meeting platform. No Django here, and no platform's name."""
