"""A nightly load of meter readings that doubles a day when a step is tried again."""
