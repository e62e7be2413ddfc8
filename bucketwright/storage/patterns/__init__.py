"""What applications do again and again with stored objects, each way of doing it in a file of its own."""
