"""What is found, told in each format: one file each."""
