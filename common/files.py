"""Files kept in private storage: hashed, sniffed, sized, served only through a scoped view."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import uuid
import zipfile
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
from common.errors import Refused

MAX_BYTES = 25 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024

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
_ZIPPED = frozenset({".docx", ".xlsx", ".pptx", ".odt"})
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
    return f"{(stem or extension)[:150]}{dot if stem else ''}{extension[:10] if stem else ''}" or "file"


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
        "sha256": _digest(upload),
    }


def _digest(upload: File[Any]) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def _require_true_type(upload: File[Any], extension: str) -> None:
    upload.seek(0)
    head = upload.read(8192)
    upload.seek(0)
    if extension == ".txt":
        matches = b"\x00" not in head
    elif extension in _ZIPPED:
        matches = head.startswith(b"PK\x03\x04") and _is_sane_package(upload, extension)
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
    except puremagic.PureError:
        return set()


def _is_sane_package(upload: File[Any], extension: str) -> bool:
    """Tell whether an office package names its parts and unpacks to a bounded size without macros."""
    try:
        with zipfile.ZipFile(upload) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    names = {part.filename for part in parts}
    expected = "content.xml" if extension == ".odt" else "[Content_Types].xml"
    return (
        expected in names
        and not any(name.endswith("vbaProject.bin") for name in names)
        and sum(part.file_size for part in parts) <= MAX_UNPACKED_BYTES
    )


def _refusal(message: str) -> Refused:
    return Refused("file_refused", message, field="file")


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
