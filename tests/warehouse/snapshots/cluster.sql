CREATE DATABASE IF NOT EXISTS `outreach` ON CLUSTER 'main';
CREATE DATABASE IF NOT EXISTS `outreach_facts` ON CLUSTER 'main';
CREATE TABLE IF NOT EXISTS `outreach_facts`.migrations ON CLUSTER 'main' (number UInt32, name String, digest String, at DateTime64(3, 'UTC') DEFAULT now64(3)) ENGINE = ReplicatedMergeTree('/clickhouse/tables/all_shards/{database}/{table}', '{shard}-{replica}') ORDER BY number;

-- 0001_touches.sql
CREATE TABLE IF NOT EXISTS `outreach_facts`.touches_local ON CLUSTER 'main'
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
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
PARTITION BY cityHash64(workspace, platform, account_id) % 4
ORDER BY (workspace, platform, account_id, message_id);
CREATE TABLE IF NOT EXISTS `outreach_facts`.touches ON CLUSTER 'main' AS `outreach_facts`.touches_local
ENGINE = Distributed('main', `outreach_facts`, touches_local,
    sipHash64(workspace, platform, account_id));
CREATE VIEW IF NOT EXISTS `outreach`.touches ON CLUSTER 'main' AS
SELECT
    workspace, platform, account_id, message_id, creator_id, campaign_id, template_id, step, phase,
    attempt_started_at, sent_at, event_id, body, replied_at, reply_class, seconds_to_reply,
    creator_followers, creator_email_listed
FROM `outreach_facts`.touches FINAL
WHERE NOT withdrawn
SETTINGS do_not_merge_across_partitions_select_final = 1;

-- 0002_replies.sql
CREATE TABLE IF NOT EXISTS `outreach_facts`.replies_local ON CLUSTER 'main'
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
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
PARTITION BY cityHash64(workspace, platform, account_id) % 4
ORDER BY (workspace, platform, account_id, message_id);
CREATE TABLE IF NOT EXISTS `outreach_facts`.replies ON CLUSTER 'main' AS `outreach_facts`.replies_local
ENGINE = Distributed('main', `outreach_facts`, replies_local,
    sipHash64(workspace, platform, account_id));
CREATE VIEW IF NOT EXISTS `outreach`.replies ON CLUSTER 'main' AS
SELECT
    workspace, platform, account_id, message_id, creator_id, campaign_id, received_at, event_id,
    body, reply_class, credited_message_id
FROM `outreach_facts`.replies FINAL
WHERE NOT withdrawn
SETTINGS do_not_merge_across_partitions_select_final = 1;
CREATE TABLE IF NOT EXISTS `outreach_facts`.audience_messages_local ON CLUSTER 'main'
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
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
PARTITION BY cityHash64(workspace, platform, account_id) % 4
ORDER BY (workspace, platform, account_id, message_id);
CREATE TABLE IF NOT EXISTS `outreach_facts`.audience_messages ON CLUSTER 'main' AS `outreach_facts`.audience_messages_local
ENGINE = Distributed('main', `outreach_facts`, audience_messages_local,
    sipHash64(workspace, platform, account_id));
CREATE VIEW IF NOT EXISTS `outreach`.audience_messages ON CLUSTER 'main' AS
SELECT
    workspace, platform, account_id, message_id, creator_id, received_at, event_id, body, kind
FROM `outreach_facts`.audience_messages FINAL
WHERE NOT withdrawn
SETTINGS do_not_merge_across_partitions_select_final = 1;

-- 0003_violations.sql
CREATE TABLE IF NOT EXISTS `outreach_facts`.violations_local ON CLUSTER 'main'
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
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
PARTITION BY cityHash64(workspace, platform, account_id) % 4
ORDER BY (workspace, platform, account_id, message_id, rule, creator_id, campaign_id);
CREATE TABLE IF NOT EXISTS `outreach_facts`.violations ON CLUSTER 'main' AS `outreach_facts`.violations_local
ENGINE = Distributed('main', `outreach_facts`, violations_local,
    sipHash64(workspace, platform, account_id));
CREATE VIEW IF NOT EXISTS `outreach`.violations ON CLUSTER 'main' AS
SELECT
    workspace, platform, account_id, message_id, creator_id, campaign_id, rule, sent_at, detail
FROM `outreach_facts`.violations FINAL
WHERE NOT withdrawn
SETTINGS do_not_merge_across_partitions_select_final = 1;

-- 0004_rates.sql
CREATE TABLE IF NOT EXISTS `outreach_facts`.response_rates_local ON CLUSTER 'main'
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
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
PARTITION BY cityHash64(workspace, platform, account_id) % 4
ORDER BY (workspace, platform, account_id, campaign_id, template_id, hour);
CREATE TABLE IF NOT EXISTS `outreach_facts`.response_rates ON CLUSTER 'main' AS `outreach_facts`.response_rates_local
ENGINE = Distributed('main', `outreach_facts`, response_rates_local,
    sipHash64(workspace, platform, account_id));
CREATE VIEW IF NOT EXISTS `outreach`.response_rates ON CLUSTER 'main' AS
SELECT
    workspace, platform, account_id, campaign_id, template_id, hour,
    attempts, replied_attempts, positive_attempts, opt_outs
FROM `outreach_facts`.response_rates FINAL
WHERE attempts > 0
SETTINGS do_not_merge_across_partitions_select_final = 1;
CREATE TABLE IF NOT EXISTS `outreach_facts`.step_rates_local ON CLUSTER 'main'
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
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
PARTITION BY cityHash64(workspace, platform, account_id) % 4
ORDER BY (workspace, platform, account_id, campaign_id, template_id, step, hour);
CREATE TABLE IF NOT EXISTS `outreach_facts`.step_rates ON CLUSTER 'main' AS `outreach_facts`.step_rates_local
ENGINE = Distributed('main', `outreach_facts`, step_rates_local,
    sipHash64(workspace, platform, account_id));
CREATE VIEW IF NOT EXISTS `outreach`.step_rates ON CLUSTER 'main' AS
SELECT
    workspace, platform, account_id, campaign_id, template_id, step, hour,
    touches, replied_touches, positive_touches, reply_seconds
FROM `outreach_facts`.step_rates FINAL
WHERE touches > 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

-- 0005_send_requests.sql
CREATE TABLE IF NOT EXISTS `outreach_facts`.send_requests_local ON CLUSTER 'main'
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
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
PARTITION BY cityHash64(workspace, platform, account_id) % 4
ORDER BY (workspace, platform, account_id, request_id, requested_at, event_id);
CREATE TABLE IF NOT EXISTS `outreach_facts`.send_requests ON CLUSTER 'main' AS `outreach_facts`.send_requests_local
ENGINE = Distributed('main', `outreach_facts`, send_requests_local,
    sipHash64(workspace, platform, account_id));
CREATE VIEW IF NOT EXISTS `outreach`.send_requests ON CLUSTER 'main' AS
SELECT
    workspace, platform, account_id, request_id, creator_id, campaign_id, template_id,
    requested_at, event_id, body
FROM `outreach_facts`.send_requests FINAL
ORDER BY workspace, platform, account_id, request_id, requested_at, event_id
LIMIT 1 BY workspace, platform, account_id, request_id
SETTINGS do_not_merge_across_partitions_select_final = 1;

-- 0006_dead_letters.sql
CREATE TABLE IF NOT EXISTS `outreach_facts`.dead_letters_local ON CLUSTER 'main'
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
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
ORDER BY (dead_letter_id, replayed);
CREATE TABLE IF NOT EXISTS `outreach_facts`.dead_letters ON CLUSTER 'main' AS `outreach_facts`.dead_letters_local
ENGINE = Distributed('main', `outreach_facts`, dead_letters_local, sipHash64(dead_letter_id));
CREATE VIEW IF NOT EXISTS `outreach`.dead_letters ON CLUSTER 'main' AS
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
FROM `outreach_facts`.dead_letters FINAL
GROUP BY dead_letter_id;

-- 0007_signals.sql
ALTER TABLE `outreach_facts`.touches_local ON CLUSTER 'main'
    ADD COLUMN IF NOT EXISTS quality Nullable(UInt8) AFTER creator_email_listed,
    ADD COLUMN IF NOT EXISTS signals Array(LowCardinality(String)) AFTER quality,
    ADD COLUMN IF NOT EXISTS evidence Array(String) CODEC(ZSTD(1)) AFTER signals;
ALTER TABLE `outreach_facts`.touches ON CLUSTER 'main'
    ADD COLUMN IF NOT EXISTS quality Nullable(UInt8) AFTER creator_email_listed,
    ADD COLUMN IF NOT EXISTS signals Array(LowCardinality(String)) AFTER quality,
    ADD COLUMN IF NOT EXISTS evidence Array(String) AFTER signals;
CREATE OR REPLACE VIEW `outreach`.touches ON CLUSTER 'main' AS
SELECT
    workspace, platform, account_id, message_id, creator_id, campaign_id, template_id, step, phase,
    attempt_started_at, sent_at, event_id, body, replied_at, reply_class, seconds_to_reply,
    quality, creator_followers, creator_email_listed
FROM `outreach_facts`.touches FINAL
WHERE NOT withdrawn
SETTINGS do_not_merge_across_partitions_select_final = 1;
CREATE VIEW IF NOT EXISTS `outreach`.signals ON CLUSTER 'main' AS
SELECT
    workspace, platform, account_id, message_id, creator_id, campaign_id, signal, evidence, sent_at
FROM
(
    SELECT
        workspace, platform, account_id, message_id, creator_id, campaign_id, sent_at, signals,
        evidence AS words
    FROM `outreach_facts`.touches FINAL
    WHERE NOT withdrawn
    SETTINGS do_not_merge_across_partitions_select_final = 1
)
ARRAY JOIN signals AS signal, words AS evidence;

-- 0008_risk.sql
CREATE TABLE IF NOT EXISTS `outreach_facts`.campaign_risk_local ON CLUSTER 'main'
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
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
ORDER BY (workspace, campaign_id);
CREATE TABLE IF NOT EXISTS `outreach_facts`.campaign_risk ON CLUSTER 'main' AS `outreach_facts`.campaign_risk_local
ENGINE = Distributed('main', `outreach_facts`, campaign_risk_local,
    sipHash64(workspace, campaign_id));
CREATE VIEW IF NOT EXISTS `outreach`.campaign_risk ON CLUSTER 'main' AS
SELECT workspace, campaign_id, risk, signals, paused, updated_at
FROM `outreach_facts`.campaign_risk FINAL
WHERE NOT withdrawn;
CREATE TABLE IF NOT EXISTS `outreach_facts`.alerts_local ON CLUSTER 'main'
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
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
ORDER BY (workspace, alert_id);
CREATE TABLE IF NOT EXISTS `outreach_facts`.alerts ON CLUSTER 'main' AS `outreach_facts`.alerts_local
ENGINE = Distributed('main', `outreach_facts`, alerts_local, sipHash64(workspace, alert_id));
CREATE VIEW IF NOT EXISTS `outreach`.alerts ON CLUSTER 'main' AS
SELECT
    workspace, alert_id, campaign_id, sequence, risk, highest, at, opened_at, resolved_at, paused,
    evidence, examples
FROM `outreach_facts`.alerts FINAL;
