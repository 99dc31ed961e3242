"""The same agents on Kafka, by as many workers as one likes."""

from pipeline.cluster._app import topics_of
from pipeline.cluster._check import Remedy, TopicProblem, TopicsError, explain
from pipeline.cluster._errors import ClusterError, OvertakenError
from pipeline.cluster._log import KafkaLog, open_log
from pipeline.cluster._plan import NOTES, TopicPlan, plan_topics
from pipeline.cluster._policies import put_in_force
from pipeline.cluster._settings import (
    KAFKA_VARIABLE,
    ClusterSettings,
    ClusterSettingsError,
    cluster_in,
)
from pipeline.cluster._state_directory import StateDirectoryInUseError
from pipeline.cluster._topics import Made, TopicState, check_topics, make_topics, states_of
from pipeline.cluster._warehouse import SchemaError
from pipeline.cluster._worker import Worker, WorkerFailedError, running_worker

__all__ = [
    "KAFKA_VARIABLE",
    "NOTES",
    "ClusterError",
    "ClusterSettings",
    "ClusterSettingsError",
    "KafkaLog",
    "Made",
    "OvertakenError",
    "Remedy",
    "SchemaError",
    "StateDirectoryInUseError",
    "TopicPlan",
    "TopicProblem",
    "TopicState",
    "TopicsError",
    "Worker",
    "WorkerFailedError",
    "check_topics",
    "cluster_in",
    "explain",
    "make_topics",
    "open_log",
    "plan_topics",
    "put_in_force",
    "running_worker",
    "states_of",
    "topics_of",
]
