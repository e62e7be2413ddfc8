"""The drifts, one module per theme, found by walking."""
