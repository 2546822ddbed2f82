"""The set-up of `deploy/`: nginx before two replicas on one PostgreSQL."""
