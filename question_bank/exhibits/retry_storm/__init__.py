"""The figures of an outage that outlives its cause."""
