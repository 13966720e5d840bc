"""Files kept in private storage: hashed, sniffed, sized, served only through a scoped view."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import uuid
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import PurePosixPath
from typing import Any

import puremagic
from django.core.files.base import File
from django.core.files.storage import storages
from django.db import models
from django.http import FileResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from common.choices import Classification
from common.errors import HouseError, Refused

MAX_BYTES = 25 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
#: The largest request: the largest file and the form around it. The proxies refuse what is larger.
MAX_REQUEST_BYTES = MAX_BYTES + 1024 * 1024
#: Names stored since :func:`common.leftovers.removing_leftovers` began; None outside of it.
STORED_NAMES: ContextVar[list[str] | None] = ContextVar("stored_names", default=None)

#: Extension → the media type under which the file is kept; all else is refused.
ACCEPTED = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".txt": "text/plain",
}
#: Where an office package says what it is.
_KIND_PART = {
    ".docx": "[Content_Types].xml",
    ".xlsx": "[Content_Types].xml",
    ".pptx": "[Content_Types].xml",
    ".odt": "mimetype",
}
_ZIPPED = frozenset(_KIND_PART)
_MAX_KIND_BYTES = 1024 * 1024
_MAX_INDEX_BYTES = 1024 * 1024
_INDEX_END = 22
_INDEX_TAIL = 65536 + _INDEX_END
_MACROS = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
_MACRO_PART = re.compile(r"vbaProject\.bin$|^Basic/|^Scripts/", re.IGNORECASE)
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|script|svg|\?xml)", re.IGNORECASE
)
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069/\\:*?\"<>|]")


class ScanState(models.TextChoices):
    """What the virus scanner said; a house without a scanner says so."""

    NOT_SCANNED = "not_scanned", _("Not scanned")
    CLEAN = "clean", _("Clean")
    INFECTED = "infected", _("Infected")


def private_storage() -> Any:
    """Return the storage that no URL reaches."""
    return storages["private"]


def storage_name(instance: Any, filename: str) -> str:
    """Return a random name: nothing of the person's file name reaches the disk."""
    return f"{type(instance)._meta.app_label}/{uuid.uuid4().hex[:2]}/{uuid.uuid4().hex}"


class StoredFile(models.Model):
    """Abstract: one immutable stored file with what is known of its content."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    content = models.FileField(
        _("file"), storage=private_storage, upload_to=storage_name, max_length=200
    )
    file_name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(_("media type"), max_length=120)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    language = models.CharField(_("language"), max_length=8, blank=True)
    classification = models.PositiveSmallIntegerField(
        _("classification"), choices=Classification.choices, default=Classification.RESTRICTED
    )
    scan_state = models.CharField(
        _("virus scan"), max_length=20, choices=ScanState.choices, default=ScanState.NOT_SCANNED
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    uploaded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.file_name


def clean_file_name(name: str) -> str:
    """Return a name safe to show and to download: NFC, no path, no control or direction marks."""
    name = unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).name)
    name = _UNSAFE.sub("", name).strip(" .")
    stem, dot, extension = name.rpartition(".")
    return (
        f"{(stem or extension)[:150]}{dot if stem else ''}{extension[:10] if stem else ''}"
        or "file"
    )


def inspect(upload: File[Any]) -> dict[str, Any]:
    """Return the fields of :class:`StoredFile` read from the content itself.

    Raises:
        Refused: empty, too large, of a kind not accepted, or not what its name says.
    """
    name = clean_file_name(upload.name or "")
    extension = PurePosixPath(name).suffix.lower()
    if extension not in ACCEPTED:
        raise _refusal(
            _t("Files of the kind “%(extension)s” are not accepted. Accepted are: %(accepted)s.")
            % {"extension": extension or name, "accepted": ", ".join(sorted(ACCEPTED))}
        )
    if not upload.size:
        raise _refusal(_t("The file is empty. Choose another one."))
    if upload.size > MAX_BYTES:
        raise _refusal(
            _t("The file is larger than %(megabytes)d MB. Split it or reduce its pictures.")
            % {"megabytes": MAX_BYTES // 1024 // 1024}
        )
    _require_true_type(upload, extension)
    return {
        "file_name": name,
        "media_type": ACCEPTED[extension],
        "size": upload.size,
        "sha256": digest_of(upload),
    }


def digest_of(upload: File[Any]) -> str:
    """Return the SHA-256 of an upload's content, which is then read from its beginning again."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def _require_true_type(upload: File[Any], extension: str) -> None:
    upload.seek(0)
    head = upload.read(8192)
    if extension in _ZIPPED:
        matches = head.startswith(b"PK\x03\x04") and _is_sane_package(upload, extension)
    elif extension == ".txt":
        matches = b"\x00" not in head and not _MARKUP.match(head)
    else:
        matches = ACCEPTED[extension] in _sniffed_types(head)
    upload.seek(0)
    if not matches:
        raise _refusal(
            _t("The content of this file is not what its name says (%(extension)s).")
            % {"extension": extension}
        )


def _sniffed_types(head: bytes) -> set[str]:
    try:
        return {match.mime_type for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return set()


def _is_sane_package(upload: File[Any], extension: str) -> bool:
    """Tell whether an office package is of its kind; its parts are listed and never unpacked.

    Raises:
        Refused: it carries macros, or would unpack to more than the limit.
    """
    if not _has_bounded_index(upload):
        return False
    try:
        with zipfile.ZipFile(upload) as package:
            parts = {part.filename: part for part in package.infolist()}
            kind = parts.get(_KIND_PART[extension])
            declared = package.open(kind).read(_MAX_KIND_BYTES) if kind else b""
            unpacked = sum(part.file_size for part in package.infolist())
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
        return False  # NotImplementedError, for an unknown compression, is a RuntimeError
    if unpacked > MAX_UNPACKED_BYTES:
        raise _refusal(
            _t("This file unpacks to more than %(megabytes)d MB and is not accepted.")
            % {"megabytes": MAX_UNPACKED_BYTES // 1024 // 1024}
        )
    if _MACROS.search(declared) or any(_MACRO_PART.search(name) for name in parts):
        raise _refusal(_t("This document carries macros. Save it without them and try again."))
    return ACCEPTED[extension].encode() in declared


def _has_bounded_index(upload: File[Any]) -> bool:
    """Tell whether the list of the package's parts is small enough to be read.

    A list of a million names costs hundreds of megabytes to read; an honest one is far below 1 MB.
    """
    upload.seek(max(0, (upload.size or 0) - _INDEX_TAIL))
    tail = upload.read(_INDEX_TAIL)
    end = tail.rfind(b"PK\x05\x06")
    is_whole = end >= 0 and len(tail) - end >= _INDEX_END
    if not is_whole or tail[max(0, end - 20) : end].startswith(b"PK\x06\x07"):
        return False
    return int.from_bytes(tail[end + 12 : end + 16], "little") <= _MAX_INDEX_BYTES


def _refusal(message: str) -> Refused:
    return Refused("file_refused", message, field="file")


class NotStored(HouseError):
    """The storage did not take the file; nothing was kept (HTTP 507)."""

    status = 507


@contextmanager
def stored_content(row: StoredFile, upload: File[Any]) -> Iterator[None]:
    """Store the content under a random name, and take it away again when the block fails.

    The block saves the row. What a surrounding transaction, or its commit, makes undone afterwards
    is the affair of :mod:`common.leftovers`.

    Args:
        row: the unsaved row; its ``content`` is set.
        upload: what :func:`inspect` has passed.

    Raises:
        NotStored: the storage is full or away.
    """
    storage = private_storage()
    name = storage_name(row, row.file_name)
    try:
        upload.seek(0)
        row.content.name = storage.save(name, upload)
    except OSError as error:
        storage.delete(name)
        raise NotStored(
            "not_stored", _t("The file could not be stored. Nothing was kept; try again later.")
        ) from error
    if (names := STORED_NAMES.get()) is not None:
        names.append(row.content.name)
    try:
        yield
    except BaseException:
        storage.delete(row.content.name)
        raise


def download(stored: StoredFile) -> FileResponse:
    """Serve a stored file that the caller has already scoped: as an attachment, never rendered."""
    response = FileResponse(
        stored.content.open("rb"), as_attachment=True, filename=stored.file_name
    )
    response["Content-Type"] = stored.media_type
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
