-- One row for each outbound message, replaced whenever its outcome changes. Partitions follow the
-- account, so that two versions of a row never stand in two partitions: FINAL may then merge each
-- partition by itself.
CREATE TABLE $facts.touches$local$on_cluster
(
    workspace LowCardinality(String),
    platform LowCardinality(String),
    account_id String,
    message_id String,
    creator_id String,
    campaign_id String,
    template_id String,
    step UInt32,
    phase LowCardinality(String),
    attempt_started_at DateTime64(3, 'UTC'),
    sent_at DateTime64(3, 'UTC'),
    event_id String,
    body String CODEC(ZSTD(1)),
    replied_at Nullable(DateTime64(3, 'UTC')),
    reply_class LowCardinality(Nullable(String)),
    seconds_to_reply Nullable(Int64),
    creator_followers Nullable(Int64),
    creator_email_listed Nullable(Bool),
    withdrawn Bool,
    version UInt64
)
ENGINE = $replacing_by_version
PARTITION BY cityHash64(workspace, platform, account_id) % 4
ORDER BY (workspace, platform, account_id, message_id);
--| -- In front of the shards. All rows of an account are on one of them, and so are all versions of a
--| -- row, where FINAL meets them. The hash is not that of the partitions: with as many shards, each
--| -- would have rows of one partition only.
--| CREATE TABLE $facts.touches$on_cluster AS $facts.touches$local
--| ENGINE = Distributed($cluster, $facts, touches$local,
--|     sipHash64(workspace, platform, account_id));

CREATE VIEW $views.touches$on_cluster AS
SELECT
    workspace, platform, account_id, message_id, creator_id, campaign_id, template_id, step, phase,
    attempt_started_at, sent_at, event_id, body, replied_at, reply_class, seconds_to_reply,
    creator_followers, creator_email_listed
FROM $facts.touches FINAL
WHERE NOT withdrawn
SETTINGS do_not_merge_across_partitions_select_final = 1;
