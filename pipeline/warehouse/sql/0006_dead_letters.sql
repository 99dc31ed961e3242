-- Events that could not be used. `topic`, `partition` and `offset` tell where a record stood;
-- `source`, `line` and `field` where a line of a file did. That a letter was replayed is a row of
-- its own: a rebuild writes the letter again, and must not undo it.
CREATE TABLE $facts.dead_letters$local$on_cluster
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
    replayed_at Nullable(DateTime64(3, 'UTC')),
    replayed Bool,
    version UInt64
)
ENGINE = $replacing_by_version
ORDER BY (dead_letter_id, replayed);
--| -- A letter belongs to no account: some came from events that name none.
--| CREATE TABLE $facts.dead_letters$on_cluster AS $facts.dead_letters$local
--| ENGINE = Distributed($cluster, $facts, dead_letters$local, sipHash64(dead_letter_id));

CREATE VIEW $views.dead_letters$on_cluster AS
SELECT
    dead_letter_id,
    any(topic) AS topic,
    any(partition) AS partition,
    any(offset) AS offset,
    any(source) AS source,
    any(line) AS line,
    any(field) AS field,
    any(reason) AS reason,
    any(payload) AS payload,
    min(at) AS at,
    max(replayed_at) AS replayed_at
FROM $facts.dead_letters FINAL
GROUP BY dead_letter_id;
