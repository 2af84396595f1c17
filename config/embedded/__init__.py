"""The default database: a private PostgreSQL server for this checkout, whose programs come from a wheel."""
