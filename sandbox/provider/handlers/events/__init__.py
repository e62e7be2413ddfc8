"""Rules of EventBridge and where they send."""
