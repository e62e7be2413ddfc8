"""The HTML report of an audit: one page that needs nothing else, runs nothing and asks nobody."""
