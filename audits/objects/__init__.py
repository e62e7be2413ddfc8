"""What lies in buckets, looked at fast: from rows of lists to verdicts, asking only what rules need."""
