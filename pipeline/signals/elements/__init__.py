"""What a good first message has, one element a file."""
