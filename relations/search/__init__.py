"""Search: how a query is parsed, how results are ranked, and what is suggested when nothing matches."""
