"""A weekly retraining that learns from its own omissions."""
