"""What does a value name: a thing of this contract by its address, or a stranger by its name or ARN?"""

from bucketwright.facets.facet import Form, Resolve


def is_address(text: str) -> bool:
    """Whether a text is a contract address, such as `bucket:logs`; no name has a colon."""
    return ":" in text and not text.startswith("arn:")


def resolved(text: str, form: Form, resolve: Resolve) -> object:
    """What a program has for an address; a stranger is named as it is."""
    return resolve(text, form) if is_address(text) else text
