"""Rules on whom a bucket's owner lets in from outside, and on what the policy must and must not say."""
