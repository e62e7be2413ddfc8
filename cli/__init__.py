"""The command line of bucketwright: thin, lazy, and the only place that knows exit codes."""
