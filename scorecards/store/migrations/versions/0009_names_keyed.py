"""One person for one name: a key for every name, the same for all of its spellings"""

import sqlalchemy as sa
from alembic import op

from scorecards.store.naming import key_of

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("people", sa.Column("key", sa.String(length=64), nullable=True))
    connection = op.get_bind()
    people = sa.table("people", sa.column("id"), sa.column("name"), sa.column("key"))
    held: set[str] = set()
    # People of one name from before stay as they are: only the first one holds the key.
    for row in connection.execute(sa.select(people.c.id, people.c.name).order_by(people.c.id)).all():
        if (key := key_of(row.name)) not in held:
            held.add(key)
            connection.execute(people.update().where(people.c.id == row.id).values(key=key))
    op.create_index("ix_people_key", "people", ["key"], unique=True)
