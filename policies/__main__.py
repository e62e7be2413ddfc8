"""What the engine runs for `--policy-pack`."""

from policies.analyzer import serve

serve()
