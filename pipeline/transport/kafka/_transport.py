"""What Faust finds behind `kafka://`."""

from __future__ import annotations

from typing import Any, ClassVar

from faust.transport.drivers import aiokafka

from pipeline.transport._conductor import Conductor
from pipeline.transport._in_flight import InFlight
from pipeline.transport.kafka._consumer import Consumer
from pipeline.transport.kafka._producer import Producer
from pipeline.transport.kafka._progress import Progress
from pipeline.transport.kafka._recovery import Recovery
from pipeline.transport.kafka._settings import Settings


class Transport(aiokafka.Transport):
    """Faust's own, delivering batches, and committing each with what came of it."""

    Consumer: ClassVar[type[Consumer]] = Consumer
    Producer: ClassVar[type[Producer]] = Producer
    Conductor: ClassVar[type[Conductor]] = Conductor
    Recovery: ClassVar[type[Recovery]] = Recovery

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - as Faust has it
        super().__init__(*arguments, **options)
        self.settings = Settings.from_urls(self.url)
        self.in_flight = InFlight(self.settings.batches_in_flight)
        self.progress = Progress(self.in_flight)
