-- What the text of a touch shows stands in its row: replaced with it, and gone with it. Rows from
-- before hold nothing of it until the log is processed anew.
ALTER TABLE $facts.touches$local$on_cluster
    ADD COLUMN IF NOT EXISTS quality Nullable(UInt8) AFTER creator_email_listed,
    ADD COLUMN IF NOT EXISTS signals Array(LowCardinality(String)) AFTER quality,
    ADD COLUMN IF NOT EXISTS evidence Array(String) CODEC(ZSTD(1)) AFTER signals;
--| ALTER TABLE $facts.touches$on_cluster
--|     ADD COLUMN IF NOT EXISTS quality Nullable(UInt8) AFTER creator_email_listed,
--|     ADD COLUMN IF NOT EXISTS signals Array(LowCardinality(String)) AFTER quality,
--|     ADD COLUMN IF NOT EXISTS evidence Array(String) AFTER signals;

CREATE OR REPLACE VIEW $views.touches$on_cluster AS
SELECT
    workspace, platform, account_id, message_id, creator_id, campaign_id, template_id, step, phase,
    attempt_started_at, sent_at, event_id, body, replied_at, reply_class, seconds_to_reply,
    quality, creator_followers, creator_email_listed
FROM $facts.touches FINAL
WHERE NOT withdrawn
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE VIEW $views.signals$on_cluster AS
SELECT
    workspace, platform, account_id, message_id, creator_id, campaign_id, signal, evidence, sent_at
FROM
(
    SELECT
        workspace, platform, account_id, message_id, creator_id, campaign_id, sent_at, signals,
        evidence AS words
    FROM $facts.touches FINAL
    WHERE NOT withdrawn
    SETTINGS do_not_merge_across_partitions_select_final = 1
)
ARRAY JOIN signals AS signal, words AS evidence;
