"""One Faust agent a file: each reads topics, calls `pipeline`, and writes tables and topics."""
