"""What can go wrong between us and a schema registry; none of it is the fault of a message."""

from __future__ import annotations


class RegistryError(Exception):
    """The registry gave no answer that says anything about a message.

    It is away, too slow, behind a proxy that knows nothing of it, or does not let us in. A message
    that waits for its schema may be perfectly good: it must not become a dead letter. Try again
    later, or stop; its batch comes again.
    """


class RegistryRefusedError(Exception):
    """The registry does not take a schema: trying again changes nothing.

    The text names the subject and quotes the registry, which says with what the schema is not
    compatible.
    """
