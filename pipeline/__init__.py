"""The product: what happened, what was allowed, what worked, for direct-message outreach.

The packages `events`, `conversation`, `rules`, `replies`, `rates` and `policy` are pure: functions
of their arguments, without a clock, input/output or Faust. The others are edges around them.
"""
