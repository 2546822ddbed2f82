"""Months of request counts with planted incidents, for an alert rule that has to page for the right ones."""
