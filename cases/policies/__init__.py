"""Who may do what in case work, one function an action."""

from importlib import import_module

_MODULES = ("conduct", "files", "filing", "mandates", "reviews", "tasks")


def load() -> None:
    """Import every module, so that each policy stands in the registry."""
    for module in _MODULES:
        import_module(f"cases.policies.{module}")
