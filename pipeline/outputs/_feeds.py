"""The feeds between folds: what accounts tell the creators' and the campaigns' side, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from pipeline.accounts import (
    AccountChanges,
    CampaignRef,
    CampaignTouch,
    Contact,
    ContactTouch,
    OptOut,
)
from pipeline.avro import DecodeError, DecodeFailure, SchemaName, decode, encode
from pipeline.campaigns import Campaign, CampaignUpdate
from pipeline.campaigns import CampaignTouch as TouchOfCampaign
from pipeline.conversation import DAY, Phase
from pipeline.creators import ContactUpdate, Creator, KnownOptOut, KnownTouch
from pipeline.events import CampaignId, MessageId, Platform, WorkspaceId
from pipeline.keyed import key_of
from pipeline.outputs._partitions import partition_of
from pipeline.topics import Topic
from pipeline.transport import Output

Item = dict[str, Any]

_CONTACTS = 200
"""In one record: reading a few large ones takes a fraction of what many small ones take, and a
record stays well below the megabyte that a broker accepts."""


def feed_outputs(changes: AccountChanges, partitions: int) -> list[Output]:
    """Return the feeds' records; each feed has that many partitions."""
    return [*_contact_outputs(changes, partitions), *_campaign_outputs(changes, partitions)]


def _contact_outputs(changes: AccountChanges, partitions: int) -> Iterator[Output]:
    by_partition: dict[int, list[Item]] = defaultdict(list)
    for contact in changes.contacts.keys() | changes.opt_outs.keys():
        (workspace, platform, _), creator_id = contact
        key = key_of(workspace, platform, creator_id).encode()
        by_partition[partition_of(key, partitions)].append(_contact(contact, changes))
    for partition, contacts in by_partition.items():
        for start in range(0, len(contacts), _CONTACTS):
            record = {"contacts": contacts[start : start + _CONTACTS]}
            value = encode(SchemaName.CREATOR_CONTACTS, record)
            yield Output(Topic.CREATOR_CONTACTS, None, value, partition)


def _contact(contact: Contact, changes: AccountChanges) -> Item:
    (workspace, platform, account_id), creator_id = contact
    touches = changes.contacts.get(contact, {})
    opt_outs = changes.opt_outs.get(contact, {})
    return {
        "workspace": workspace,
        "platform": platform,
        "creator_id": creator_id,
        "account_id": account_id,
        "touches": [_contact_touch(message, touch) for message, touch in touches.items()],
        "opt_outs": [_opt_out(message, opt_out) for message, opt_out in opt_outs.items()],
    }


def _contact_touch(message_id: MessageId, touch: ContactTouch | None) -> Item:
    return {
        "occurred_at": touch.occurred_at if touch else 0,
        "event_id": touch.event_id if touch else "",
        "message_id": message_id,
        "campaign_id": touch.campaign_id if touch else "",
        "phase": touch.phase if touch else Phase.OUTREACH,
        "opens_attempt": touch.opens_attempt if touch else False,
        "contact_cap": touch.contact_cap if touch else None,
        "opted_out_binds": touch.opted_out_binds if touch else False,
        "withdrawn": touch is None,
    }


def _opt_out(message_id: MessageId, opt_out: OptOut | None) -> Item:
    return {
        "occurred_at": opt_out.occurred_at if opt_out else 0,
        "event_id": opt_out.event_id if opt_out else "",
        "message_id": message_id,
        "withdrawn": opt_out is None,
    }


def _campaign_outputs(changes: AccountChanges, partitions: int) -> Iterator[Output]:
    by_campaign: dict[tuple[WorkspaceId, CampaignId], list[Item]] = defaultdict(list)
    for ref, touch in changes.campaigns.items():
        workspace = ref.message.account.workspace
        by_campaign[workspace, ref.campaign_id].append(_campaign_touch(ref, touch))
    for (workspace, campaign_id), touches in by_campaign.items():
        record = {"workspace": workspace, "campaign_id": campaign_id, "touches": touches}
        key = key_of(workspace, campaign_id).encode()
        value = encode(SchemaName.CAMPAIGN_TOUCH, record)
        yield Output(Topic.CAMPAIGN_TOUCHES, key, value, partition_of(key, partitions))


def _campaign_touch(ref: CampaignRef, touch: CampaignTouch | None) -> Item:
    _, platform, account_id = ref.message.account
    return {
        "occurred_at": touch.occurred_at if touch else ref.day * DAY,
        "event_id": touch.event_id if touch else "",
        "platform": platform,
        "account_id": account_id,
        "message_id": ref.message.message_id,
        "creator_id": touch.creator_id if touch else "",
        "phase": touch.phase if touch else Phase.OUTREACH,
        "daily_cap": touch.daily_cap if touch else None,
        "withdrawn": touch is None,
    }


def read_contacts(value: bytes) -> list[ContactUpdate]:
    """Read a record of the creators' feed. Raises DecodeError."""
    record = _read(value, SchemaName.CREATOR_CONTACTS)
    return [_read_contact(contact) for contact in record["contacts"]]


def _read_contact(record: Item) -> ContactUpdate:
    account_id = record["account_id"]
    return ContactUpdate(
        creator=Creator(record["workspace"], _platform(record), record["creator_id"]),
        account_id=account_id,
        touches={
            item["message_id"]: None
            if item["withdrawn"]
            else KnownTouch(
                occurred_at=item["occurred_at"],
                event_id=item["event_id"],
                account_id=account_id,
                message_id=item["message_id"],
                campaign_id=item["campaign_id"],
                phase=_phase(item),
                opens_attempt=item["opens_attempt"],
                contact_cap=item["contact_cap"],
                opted_out_binds=item["opted_out_binds"],
            )
            for item in record["touches"]
        },
        opt_outs={
            item["message_id"]: None
            if item["withdrawn"]
            else KnownOptOut(item["occurred_at"], item["event_id"], account_id, item["message_id"])
            for item in record["opt_outs"]
        },
    )


def read_campaign(value: bytes) -> list[CampaignUpdate]:
    """Read a record of the campaigns' feed. Raises DecodeError."""
    record = _read(value, SchemaName.CAMPAIGN_TOUCH)
    campaign = Campaign(record["workspace"], record["campaign_id"])
    updates = []
    for item in record["touches"]:
        platform = _platform(item)
        touch = TouchOfCampaign(
            occurred_at=item["occurred_at"],
            event_id=item["event_id"],
            account_id=item["account_id"],
            platform=platform,
            message_id=item["message_id"],
            creator_id=item["creator_id"],
            phase=_phase(item),
            daily_cap=item["daily_cap"],
        )
        updates.append(
            CampaignUpdate(
                campaign,
                day=touch.occurred_at // DAY,
                message=touch.message,
                touch=None if item["withdrawn"] else touch,
            )
        )
    return updates


def _read(value: bytes, name: SchemaName) -> Item:
    found, record = decode(value)
    if found is not name:
        raise DecodeError(DecodeFailure.UNKNOWN_VALUE, detail=f"a {found}, not a {name}")
    return record


def _platform(item: Item) -> Platform:
    try:
        return Platform(item["platform"])
    except ValueError:
        raise DecodeError(DecodeFailure.UNKNOWN_VALUE, field="platform") from None


def _phase(item: Item) -> Phase:
    try:
        return Phase(item["phase"])
    except ValueError:
        raise DecodeError(DecodeFailure.UNKNOWN_VALUE, field="phase") from None
