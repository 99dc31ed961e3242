"""What every transport must do, whatever is behind it.

A test module binds it: a class that inherits from the classes here and has a fixture `broker`.
"""

from __future__ import annotations

from tests.contract._acknowledging import AcknowledgingContract
from tests.contract._crashing import CrashingContract
from tests.contract._delivering import DeliveringContract
from tests.contract._draining import DrainingContract
from tests.contract._failing import FailingContract
from tests.contract._keeping import KeepingContract
from tests.contract._tables import TablesContract


class TransportContract(
    DeliveringContract,
    AcknowledgingContract,
    FailingContract,
    KeepingContract,
    TablesContract,
    DrainingContract,
    CrashingContract,
):
    """All of it."""
