"""Rules on what protects objects from being lost."""
