"""The browser code, run and checked by node."""
