"""Who may call a function of Lambda."""
