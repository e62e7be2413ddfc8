"""An embedded AWS with a whole stack in it, for the demo and the tests. The product never needs it."""
