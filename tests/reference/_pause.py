"""What somebody decided about a campaign."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pause:
    """From a moment on a campaign is paused, or is not any more."""

    pause_id: str
    at: int
    paused: bool = True
    campaign_id: str = "spring"
    workspace: str = "default"
