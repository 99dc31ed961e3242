-- Rate cells hold absolute counts: writing one again changes nothing. A cell that a late message
-- emptied stays as zeros, which the views leave out.
CREATE TABLE $facts.response_rates$local$on_cluster
(
    workspace LowCardinality(String),
    platform LowCardinality(String),
    account_id String,
    campaign_id String,
    template_id String,
    hour DateTime64(3, 'UTC'),
    attempts Int64,
    replied_attempts Int64,
    positive_attempts Int64,
    opt_outs Int64,
    version UInt64
)
ENGINE = $replacing_by_version
PARTITION BY cityHash64(workspace, platform, account_id) % 4
ORDER BY (workspace, platform, account_id, campaign_id, template_id, hour);
--| CREATE TABLE $facts.response_rates$on_cluster AS $facts.response_rates$local
--| ENGINE = Distributed($cluster, $facts, response_rates$local,
--|     sipHash64(workspace, platform, account_id));

CREATE VIEW $views.response_rates$on_cluster AS
SELECT
    workspace, platform, account_id, campaign_id, template_id, hour,
    attempts, replied_attempts, positive_attempts, opt_outs
FROM $facts.response_rates FINAL
WHERE attempts > 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE TABLE $facts.step_rates$local$on_cluster
(
    workspace LowCardinality(String),
    platform LowCardinality(String),
    account_id String,
    campaign_id String,
    template_id String,
    step UInt32,
    hour DateTime64(3, 'UTC'),
    touches Int64,
    replied_touches Int64,
    positive_touches Int64,
    reply_seconds Int64,
    version UInt64
)
ENGINE = $replacing_by_version
PARTITION BY cityHash64(workspace, platform, account_id) % 4
ORDER BY (workspace, platform, account_id, campaign_id, template_id, step, hour);
--| CREATE TABLE $facts.step_rates$on_cluster AS $facts.step_rates$local
--| ENGINE = Distributed($cluster, $facts, step_rates$local,
--|     sipHash64(workspace, platform, account_id));

CREATE VIEW $views.step_rates$on_cluster AS
SELECT
    workspace, platform, account_id, campaign_id, template_id, step, hour,
    touches, replied_touches, positive_touches, reply_seconds
FROM $facts.step_rates FINAL
WHERE touches > 0
SETTINGS do_not_merge_across_partitions_select_final = 1;
