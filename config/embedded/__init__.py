"""The default database: a private PostgreSQL server of this checkout, from the programs of a wheel."""
