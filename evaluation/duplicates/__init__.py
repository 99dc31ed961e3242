"""How well copies are told from messages with a part of the sender's own."""
