"""Where Alembic gets its connection: the one that :mod:`archive_ai.catalogue.database` holds."""

from alembic import context

from archive_ai.catalogue.schema import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
