"""The fold by account: messages to conversations, touches, violations and rate cells. Pure."""

from pipeline.accounts._changes import (
    AccountChanges,
    Broken,
    CampaignConduct,
    CampaignOpener,
    CampaignRef,
    CampaignTouch,
    Contact,
    ContactTouch,
    InboundRow,
    MessageRef,
    OptOut,
    TouchRow,
    ViolationRef,
    ViolationRow,
    note_differences,
)
from pipeline.accounts._edits import Arrived
from pipeline.accounts._fold import Folded, fold_events, fold_pauses, fold_policies
from pipeline.accounts._keys import Account, partition_key
from pipeline.accounts._policies import add_policies, policies_in
from pipeline.accounts._state import PolicyInForce

__all__ = [
    "Account",
    "AccountChanges",
    "Arrived",
    "Broken",
    "CampaignConduct",
    "CampaignOpener",
    "CampaignRef",
    "CampaignTouch",
    "Contact",
    "ContactTouch",
    "Folded",
    "InboundRow",
    "MessageRef",
    "OptOut",
    "PolicyInForce",
    "TouchRow",
    "ViolationRef",
    "ViolationRow",
    "add_policies",
    "fold_events",
    "fold_pauses",
    "fold_policies",
    "note_differences",
    "partition_key",
    "policies_in",
]
