"""Alembic's way in: the caller hands over its connection; there is no ini file."""

from alembic import context

from scorecards.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
