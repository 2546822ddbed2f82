"""Functions that draw and return; none of them calls the store."""
