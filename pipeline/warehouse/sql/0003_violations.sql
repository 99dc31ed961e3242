-- One row for each touch and rule that it broke. Creator and campaign are part of the key because
-- they decide who judges the touch: when a touch moves to another campaign, the old campaign
-- withdraws its row and the new one writes its own, in whatever order.
CREATE TABLE $facts.violations$local$on_cluster
(
    workspace LowCardinality(String),
    platform LowCardinality(String),
    account_id String,
    message_id String,
    rule LowCardinality(String),
    creator_id String,
    campaign_id String,
    sent_at DateTime64(3, 'UTC'),
    detail String,
    withdrawn Bool,
    version UInt64
)
ENGINE = $replacing_by_version
PARTITION BY cityHash64(workspace, platform, account_id) % 4
ORDER BY (workspace, platform, account_id, message_id, rule, creator_id, campaign_id);
--| CREATE TABLE $facts.violations$on_cluster AS $facts.violations$local
--| ENGINE = Distributed($cluster, $facts, violations$local,
--|     sipHash64(workspace, platform, account_id));

CREATE VIEW $views.violations$on_cluster AS
SELECT
    workspace, platform, account_id, message_id, creator_id, campaign_id, rule, sent_at, detail
FROM $facts.violations FINAL
WHERE NOT withdrawn
SETTINGS do_not_merge_across_partitions_select_final = 1;
