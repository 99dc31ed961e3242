"""The web server: the page, the report as JSON, events over HTTP, and health."""

from pipeline.web._application import serving
from pipeline.web._door import Door
from pipeline.web._listening import LOOPBACK, PortError, listening
from pipeline.web._problem import Problem
from pipeline.web._taken import RejectedEvent, Taken

__all__ = [
    "LOOPBACK",
    "Door",
    "PortError",
    "Problem",
    "RejectedEvent",
    "Taken",
    "listening",
    "serving",
]
