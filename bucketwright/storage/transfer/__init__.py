"""How does large content travel? In parts, watched, called off, and taken up again where it broke."""
