"""Rows as a live service fed them to its model, beside the training rows of the same bookings."""
