"""What `outreach doctor` looks at: one subject a file."""

from pipeline.cli.doctor._examination import examine
from pipeline.cli.doctor._finding import Finding, State

__all__ = ["Finding", "State", "examine"]
