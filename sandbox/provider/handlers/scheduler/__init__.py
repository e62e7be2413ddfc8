"""What EventBridge Scheduler calls, and when."""
