"""Kafka brokers on this machine without Docker, for tests and for whoever wants to look at them."""

from deploy.kafka._broker import Broker
from deploy.kafka._cluster import Cluster
from deploy.kafka._errors import BrokerError
from deploy.kafka._running import running_cluster
from deploy.kafka._settings import Settings

__all__ = ["Broker", "BrokerError", "Cluster", "Settings", "running_cluster"]
