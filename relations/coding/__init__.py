"""From documents to records: splitting into sentences, loading fixtures of coded records, and checking the data."""
