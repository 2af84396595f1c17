"""From documents to records: cutting into sentences, loading fixtures with what was coded, and checking both."""
