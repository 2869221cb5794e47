"""What Alembic runs to apply migrations: on the connection it is handed, in its transaction."""

from __future__ import annotations

from alembic import context

from dragoman.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    on_version_apply=context.config.attributes.get("told"),
    transactional_ddl=True,  # SQLite can; without this a killed first start leaves half a desk
)
with context.begin_transaction():
    context.run_migrations()
