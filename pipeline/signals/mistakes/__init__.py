"""What makes a message spammy, one signal a file."""
