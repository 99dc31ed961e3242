"""Avro schemas, one a file (`name.vN.avsc`): every version that was ever written to a topic."""
