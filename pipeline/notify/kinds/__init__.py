"""One notifier a file."""
