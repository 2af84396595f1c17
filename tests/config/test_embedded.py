"""The embedded database."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_connection_is_a_postgresql_of_utf8_and_utc():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('TimeZone'), current_setting('server_encoding'), lower('É')")
        assert cursor.fetchone() == ("UTC", "UTF8", "é")
