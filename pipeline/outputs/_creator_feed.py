"""The creators' feed: what accounts tell the creators' side of touches and opt-outs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.accounts import AccountChanges, Contact, ContactTouch, OptOut
from pipeline.avro import SchemaName, encode
from pipeline.conversation import Phase
from pipeline.creators import ContactUpdate, Creator, KnownOptOut, KnownTouch
from pipeline.events import MessageId, Platform
from pipeline.keyed import key_of
from pipeline.outputs._partitions import partition_of
from pipeline.outputs._reading import Item, read_enum, read_record
from pipeline.topics import Topic
from pipeline.transport import Output

_CONTACTS = 200
"""In one record: reading a few large ones takes a fraction of what many small ones take, and a
record stays well below the megabyte that a broker accepts."""


def contact_outputs(changes: AccountChanges, partitions: int) -> Iterator[Output]:
    """Yield the feed's records; it has that many partitions."""
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


def read_contacts(value: bytes) -> list[ContactUpdate]:
    """Read a record of the creators' feed. Raises DecodeError."""
    record = read_record(value, SchemaName.CREATOR_CONTACTS)
    return [_read_contact(contact) for contact in record["contacts"]]


def _read_contact(record: Item) -> ContactUpdate:
    account_id = record["account_id"]
    return ContactUpdate(
        creator=Creator(
            record["workspace"], read_enum(Platform, record, "platform"), record["creator_id"]
        ),
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
                phase=read_enum(Phase, item, "phase"),
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
