"""A client that asks for scores, as it is reviewed and as it is repaired."""
