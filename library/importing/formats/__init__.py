"""The formats that can be imported; a new one is a class of its own and a line here."""

from library.importing.formats.base import Format
from library.importing.formats.pax import Pax

FORMATS: dict[str, Format] = {entry.name: entry for entry in (Pax(),)}
