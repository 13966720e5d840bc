"""Translation catalogues without the gettext programs, which a fresh machine lacks.

Strings are found in Python by its syntax tree and in templates through Django's own
``templatize``; catalogues are read, written and compiled with polib.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.conf import settings
from django.template import Engine, TemplateSyntaxError
from django.utils.translation.template import templatize

LANGUAGES = ("fr", "ar")
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
        "n%100>=11 && n%100<=99 ? 4 : 5;"
    ),
}
#: Function → positions of (context, singular, plural) among its arguments.
_CALLS: dict[str, tuple[int | None, int, int | None]] = {
    **dict.fromkeys(("_", "_t", "gettext", "gettext_lazy", "gettext_noop"), (None, 0, None)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (None, 0, 1)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (0, 1, None)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (0, 1, 2)),
}
_TEMPLATE_CALL = re.compile(r"\b(?:_|n?p?gettext)\(")
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


class Unreadable(Exception):
    """A source whose strings cannot be told; its translations would be lost."""


@dataclass(frozen=True)
class Message:
    """One string to translate."""

    text: str
    plural: str = ""
    context: str = ""


def in_python(source: str) -> Iterator[Message]:
    """Yield the strings of a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (message := _message_of(node)):
            yield message


def _message_of(call: ast.Call) -> Message | None:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name not in _CALLS:
        return None
    context, singular, plural = (_constant(call, place) for place in _CALLS[name])
    return Message(singular, plural, context) if singular else None


def _constant(call: ast.Call, place: int | None) -> str:
    if place is None or place >= len(call.args):
        return ""
    node = call.args[place]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def in_template(source: str, origin: str) -> Iterator[Message]:
    """Yield the strings of a template."""
    text = templatize(source, origin=origin)
    for match in _TEMPLATE_CALL.finditer(text):
        if call := _parse_call(text, match.start(), match.end()):
            yield from in_python(call)


def _parse_call(text: str, start: int, after: int) -> str:
    """Return the shortest call beginning at `start` that is Python."""
    end = after
    while (end := text.find(")", end) + 1) > 0:
        candidate = text[start:end].replace(",count)", ", 0)").replace("\n", "\\n")
        try:
            ast.parse(candidate, mode="eval")
        except SyntaxError:
            continue
        return candidate
    return ""


def house_messages(root: Path) -> dict[Message, str]:
    """Return every string of the house with the first place it stands in.

    Raises:
        Unreadable: a file cannot be parsed; it is named.
    """
    found: dict[Message, str] = {}
    for path, messages in _messages_by_file(root):
        for message in messages:
            found.setdefault(message, str(path.relative_to(root)))
    return found


def _messages_by_file(root: Path) -> Iterator[tuple[Path, Iterable[Message]]]:
    apps = sorted(path.parent for path in root.glob("*/apps.py") if path.parent.name != "tests")
    for app in apps:
        for path in sorted(app.rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, _messages_in(path)
    for suffix in ("*.html", "*.txt"):
        for path in sorted((root / "templates").rglob(suffix)):
            yield path, _messages_in(path)


def _messages_in(path: Path) -> list[Message]:
    try:
        source = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            return list(in_python(source))
        Engine.get_default().from_string(source)
        return list(in_template(source, str(path)))
    except (SyntaxError, ValueError, TemplateSyntaxError) as error:
        raise Unreadable(f"{path}: {error}") from error


def catalogue_path(language: str) -> Path:
    """Return where the catalogue of a language lies."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def load(language: str) -> polib.POFile:
    """Read a catalogue, or begin an empty one."""
    path = catalogue_path(language)
    if path.exists():
        return polib.pofile(str(path), wrapwidth=100)
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = {
        "Project-Id-Version": "OIC Mediation",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    return catalogue


def key_of(entry: polib.POEntry) -> Message:
    """Return the message that an entry translates."""
    return Message(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def update(language: str, messages: dict[Message, str]) -> polib.POFile:
    """Bring a catalogue in step with the house: new strings empty, gone ones dropped; keep the rest."""
    known = {key_of(entry): entry for entry in load(language)}
    catalogue = load(language)
    catalogue.clear()
    for message, place in sorted(messages.items(), key=lambda item: (item[1], item[0].text)):
        entry = known.get(message) or _new_entry(language, message)
        entry.occurrences = [(place, "")]
        catalogue.append(entry)
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    return catalogue


def _new_entry(language: str, message: Message) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.text, msgctxt=message.context or None)
    if message.plural:
        count = int(PLURALS[language][len("nplurals=")])
        entry.msgid_plural = message.plural
        entry.msgstr_plural = dict.fromkeys(range(count), "")
    return entry


def texts_of(entry: polib.POEntry) -> list[str]:
    """Return every translated text of an entry."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def faults(language: str, messages: dict[Message, str]) -> list[str]:
    """Return what is wrong with a catalogue, one line each; empty when it is complete."""
    known = {key_of(entry): entry for entry in load(language)}
    lines = []
    for message, place in messages.items():
        entry = known.pop(message, None)
        if entry is None or not all(texts_of(entry)) or entry.fuzzy:
            lines.append(f"{language}: {place}: not translated: {message.text!r}")
        elif wrong := _placeholder_fault(message, entry):
            lines.append(f"{language}: {place}: {wrong}: {message.text!r}")
    lines += [f"{language}: no longer in the house: {gone.text!r}" for gone in known]
    return lines


def _placeholder_fault(message: Message, entry: polib.POEntry) -> str:
    wanted = set(_PLACEHOLDER.findall(message.text + message.plural))
    for text in texts_of(entry):
        found = set(_PLACEHOLDER.findall(text))
        if found - wanted:
            return f"unknown placeholder {sorted(found - wanted)}"
        if not message.plural and wanted - found:
            return f"placeholder missing {sorted(wanted - found)}"
    return ""


def compile_all() -> int:
    """Compile every catalogue beside its source and return how many."""
    paths = sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"))
    for path in paths:
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    return len(paths)
