"""The signals of a campaign, one a file.

Each has `find(inquiry)`, which returns how much there is of it: from 0 to 100, never falling when
what it counts grows and all else stays. What is usual of it, and what is grave, say the weights.
"""
