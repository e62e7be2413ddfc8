"""Groups of logs, and what is counted in them."""
