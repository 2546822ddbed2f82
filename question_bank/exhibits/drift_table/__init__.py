"""Eight weeks of a service model with planted moves, and an exercise that has them found."""
