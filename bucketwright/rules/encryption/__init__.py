"""Rules on how objects are kept secret, at rest and on their way."""
