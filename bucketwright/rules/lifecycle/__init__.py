"""Rules on how long objects stay, and what keeping them costs."""
