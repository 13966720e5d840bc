"""The tables of the reference library: published facts, never part of a dispute file."""

from library.models.agreements import Agreement, Location, Provision
from library.models.processes import Process

__all__ = ["Agreement", "Location", "Process", "Provision"]
