"""What is counted, in which lots, under which conditions, and what a use costs: pure arithmetic."""
