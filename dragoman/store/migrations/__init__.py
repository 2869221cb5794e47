"""The history of the tables, append-only: a published migration is never edited.

`upgrade` brings a desk's tables to the newest version, inside the caller's transaction.
"""

from __future__ import annotations

from sqlalchemy import Connection


def upgrade(connection: Connection) -> None:
    """Run every migration this desk has not seen yet."""
    # Imported here: most openings find a desk up to date, and Alembic takes long to import.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "dragoman.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
