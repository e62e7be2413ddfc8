"""Rules on what holds for an account as a whole."""
