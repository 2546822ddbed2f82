"""Failures of machines by month of production, seen while the newest months are still young."""
