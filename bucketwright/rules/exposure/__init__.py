"""Rules on what strangers can reach."""
