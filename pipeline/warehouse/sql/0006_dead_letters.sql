-- Events that could not be used. `topic`, `partition` and `offset` tell where a record stood;
-- `source`, `line` and `field` where a line of a file did.
CREATE TABLE $facts.dead_letters
(
    dead_letter_id String,
    topic LowCardinality(String),
    partition Int32,
    offset Int64,
    source String,
    line Int64,
    field LowCardinality(String),
    reason String,
    payload String CODEC(ZSTD(1)),
    at DateTime64(3, 'UTC'),
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY dead_letter_id;

CREATE VIEW $views.dead_letters AS
SELECT
    dead_letter_id, topic, partition, offset, source, line, field, reason, payload, at
FROM $facts.dead_letters FINAL;
