from __future__ import annotations

import pytest

from pipeline.transport.kafka import KafkaTopicError
from pipeline.transport.kafka._topics import check_topics

READERS = {"sent": "conversations", "replies": "conversations", "cells": "warehouse"}


def test_topics_that_fit() -> None:
    """Topics of different agents, and those that no agent reads, may differ."""
    check_topics({"sent": 4, "replies": 4, "cells": 2, "changelog": 3}, READERS)


def test_missing_topics() -> None:
    """Every topic that does not exist is named."""
    with pytest.raises(KafkaTopicError, match="no topic 'cells', 'sent'"):
        check_topics({"sent": 0, "replies": 4, "cells": 0}, READERS)


def test_different_partition_counts_of_one_agent() -> None:
    """An agent whose topics would be shared out differently is named, with their numbers."""
    with pytest.raises(KafkaTopicError, match=r"conversations reads .*replies 3, sent 4"):
        check_topics({"sent": 4, "replies": 3, "cells": 2}, READERS)
