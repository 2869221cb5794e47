"""The history of the tables, append-only: a published migration is never edited.

`upgrade` brings a desk's tables to the newest version, inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

Upgrading = Callable[[int, int], None]
"""Is told how many migrations are done, of how many: before the first one, and after each."""


def upgrade(connection: Connection, told: Upgrading | None = None, *, to: str = "head") -> None:
    """Run every migration this desk has not seen yet, up to the version `to`."""
    # Imported here: most openings find a desk up to date, and Alembic takes long to import.
    from alembic import command
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "dragoman.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    if told is not None:
        here = MigrationContext.configure(connection).get_current_revision()
        scripts = ScriptDirectory.from_config(config).iterate_revisions(to, here)
        config.attributes["told"] = _counting(told, len(list(scripts)))
    command.upgrade(config, to)


def _counting(told: Upgrading, total: int) -> Callable[..., None]:
    done = 0
    told(done, total)

    def count(**_of_alembic: object) -> None:
        nonlocal done
        done += 1
        told(done, total)

    return count
