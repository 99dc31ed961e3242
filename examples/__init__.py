"""Logs to try the product on, and the package that makes them."""
