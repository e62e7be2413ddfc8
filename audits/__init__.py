"""The live lens, and what an audit and its fixes do with it."""
