"""Every example of every type."""

from tests.sandbox.provider import (
    bucket_examples,
    edge_examples,
    identity_examples,
    life_examples,
    message_examples,
    running_examples,
    use_examples,
    watch_examples,
)

EXAMPLES = (
    *bucket_examples.EXAMPLES,
    *life_examples.EXAMPLES,
    *use_examples.EXAMPLES,
    *edge_examples.EXAMPLES,
    *identity_examples.EXAMPLES,
    *message_examples.EXAMPLES,
    *watch_examples.EXAMPLES,
    *running_examples.EXAMPLES,
)
