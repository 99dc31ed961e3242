-- The newest risk of each campaign. A campaign belongs to no account, and there are few.
CREATE TABLE $facts.campaign_risk$local$on_cluster
(
    workspace LowCardinality(String),
    campaign_id String,
    risk UInt8,
    signals String CODEC(ZSTD(1)),
    paused Bool,
    updated_at DateTime64(3, 'UTC'),
    withdrawn Bool,
    version UInt64
)
ENGINE = $replacing_by_version
ORDER BY (workspace, campaign_id);
--| CREATE TABLE $facts.campaign_risk$on_cluster AS $facts.campaign_risk$local
--| ENGINE = Distributed($cluster, $facts, campaign_risk$local,
--|     sipHash64(workspace, campaign_id));

CREATE VIEW $views.campaign_risk$on_cluster AS
SELECT workspace, campaign_id, risk, signals, paused, updated_at
FROM $facts.campaign_risk FINAL
WHERE NOT withdrawn;

-- One row for each alert, as its newest change leaves it. Alerts are facts: none is withdrawn.
CREATE TABLE $facts.alerts$local$on_cluster
(
    workspace LowCardinality(String),
    alert_id String,
    campaign_id String,
    sequence UInt32,
    change LowCardinality(String),
    risk UInt8,
    highest UInt8,
    at DateTime64(3, 'UTC'),
    opened_at DateTime64(3, 'UTC'),
    resolved_at Nullable(DateTime64(3, 'UTC')),
    paused Bool,
    evidence Array(String) CODEC(ZSTD(1)),
    examples String CODEC(ZSTD(1)),
    version UInt64
)
ENGINE = $replacing_by_version
ORDER BY (workspace, alert_id);
--| CREATE TABLE $facts.alerts$on_cluster AS $facts.alerts$local
--| ENGINE = Distributed($cluster, $facts, alerts$local, sipHash64(workspace, alert_id));

CREATE VIEW $views.alerts$on_cluster AS
SELECT
    workspace, alert_id, campaign_id, sequence, risk, highest, at, opened_at, resolved_at, paused,
    evidence, examples
FROM $facts.alerts FINAL;
