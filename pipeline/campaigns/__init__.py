"""The fold by campaign: what it sends in a day, over all accounts and platforms. Pure."""

from pipeline.campaigns._fold import CampaignUpdate, fold_campaigns
from pipeline.campaigns._state import Campaign, CampaignTouch

__all__ = ["Campaign", "CampaignTouch", "CampaignUpdate", "fold_campaigns"]
