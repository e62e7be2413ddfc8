"""What AWS charges for, one file a theme: each turns traffic into uses."""
