"""What would the next deployment make of each bucket? A plan, looked at before anything happens."""
