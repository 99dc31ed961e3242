-- Requests to send, as they were asked: one row for each event, of which the smallest counts for
-- its request.
CREATE TABLE $facts.send_requests$local$on_cluster
(
    workspace LowCardinality(String),
    platform LowCardinality(String),
    account_id String,
    request_id String,
    creator_id String,
    campaign_id String,
    template_id String,
    requested_at DateTime64(3, 'UTC'),
    event_id String,
    body String CODEC(ZSTD(1)),
    version UInt64
)
ENGINE = $replacing_by_version
PARTITION BY cityHash64(workspace, platform, account_id) % 4
ORDER BY (workspace, platform, account_id, request_id, requested_at, event_id);
--| CREATE TABLE $facts.send_requests$on_cluster AS $facts.send_requests$local
--| ENGINE = Distributed($cluster, $facts, send_requests$local,
--|     sipHash64(workspace, platform, account_id));

CREATE VIEW $views.send_requests$on_cluster AS
SELECT
    workspace, platform, account_id, request_id, creator_id, campaign_id, template_id,
    requested_at, event_id, body
FROM $facts.send_requests FINAL
ORDER BY workspace, platform, account_id, request_id, requested_at, event_id
LIMIT 1 BY workspace, platform, account_id, request_id
SETTINGS do_not_merge_across_partitions_select_final = 1;
