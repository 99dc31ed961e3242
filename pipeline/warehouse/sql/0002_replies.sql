-- Inbound messages: with a touch before them in their conversation, and without one. A late touch
-- turns the one into the other, and the row that no longer holds is withdrawn.
CREATE TABLE $facts.replies$local$on_cluster
(
    workspace LowCardinality(String),
    platform LowCardinality(String),
    account_id String,
    message_id String,
    creator_id String,
    campaign_id String,
    received_at DateTime64(3, 'UTC'),
    event_id String,
    body String CODEC(ZSTD(1)),
    reply_class LowCardinality(String),
    credited_message_id Nullable(String),
    withdrawn Bool,
    version UInt64
)
ENGINE = $replacing_by_version
PARTITION BY cityHash64(workspace, platform, account_id) % 4
ORDER BY (workspace, platform, account_id, message_id);
--| CREATE TABLE $facts.replies$on_cluster AS $facts.replies$local
--| ENGINE = Distributed($cluster, $facts, replies$local,
--|     sipHash64(workspace, platform, account_id));

CREATE VIEW $views.replies$on_cluster AS
SELECT
    workspace, platform, account_id, message_id, creator_id, campaign_id, received_at, event_id,
    body, reply_class, credited_message_id
FROM $facts.replies FINAL
WHERE NOT withdrawn
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE TABLE $facts.audience_messages$local$on_cluster
(
    workspace LowCardinality(String),
    platform LowCardinality(String),
    account_id String,
    message_id String,
    creator_id String,
    received_at DateTime64(3, 'UTC'),
    event_id String,
    body String CODEC(ZSTD(1)),
    kind LowCardinality(String),
    withdrawn Bool,
    version UInt64
)
ENGINE = $replacing_by_version
PARTITION BY cityHash64(workspace, platform, account_id) % 4
ORDER BY (workspace, platform, account_id, message_id);
--| CREATE TABLE $facts.audience_messages$on_cluster AS $facts.audience_messages$local
--| ENGINE = Distributed($cluster, $facts, audience_messages$local,
--|     sipHash64(workspace, platform, account_id));

CREATE VIEW $views.audience_messages$on_cluster AS
SELECT
    workspace, platform, account_id, message_id, creator_id, received_at, event_id, body, kind
FROM $facts.audience_messages FINAL
WHERE NOT withdrawn
SETTINGS do_not_merge_across_partitions_select_final = 1;
