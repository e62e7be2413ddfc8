"""The contract as Pulumi components, and a Pulumi program as plain data."""
