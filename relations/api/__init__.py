"""The register for programs: read-only JSON by the site's own forms and columns, and the names of countries."""
