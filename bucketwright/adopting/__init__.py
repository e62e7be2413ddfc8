"""From what is live to the contract that describes it, and to what no contract can say."""
