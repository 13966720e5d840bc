"""Files are what their content says, of a bounded size, named safely, and never rendered."""

from __future__ import annotations

import hashlib
import zipfile
from unittest.mock import Mock

import pytest
from django.core.files.storage import FileSystemStorage

from cases.models import DocumentVersion
from common import files
from common.errors import Refused
from common.files import NotStored, clean_file_name, download, inspect, stored_content
from tests.factories import uploads

BIDI_NAME = "report\u202efdp.exe"


@pytest.mark.parametrize(
    ("upload", "media_type"),
    [
        (uploads.pdf(), "application/pdf"),
        (uploads.upload("a.PNG", uploads.PNG), "image/png"),
        (uploads.upload("a.jpg", uploads.JPEG), "image/jpeg"),
        (uploads.upload("a.jpeg", uploads.JPEG), "image/jpeg"),
        (uploads.upload("a.tif", uploads.TIFF), "image/tiff"),
        (uploads.upload("a.txt", "نص عربي\n".encode()), "text/plain"),
        (uploads.upload("a.txt", b"3 < 4 and 5 > 2"), "text/plain"),
        (uploads.office("docx"), files.ACCEPTED[".docx"]),
        (uploads.office("xlsx"), files.ACCEPTED[".xlsx"]),
        (uploads.office("pptx"), files.ACCEPTED[".pptx"]),
        (uploads.office("odt"), files.ACCEPTED[".odt"]),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_file_of_an_accepted_kind_is_described_from_its_content(upload, media_type):
    facts = inspect(upload)

    assert facts["media_type"] == media_type
    assert facts["size"] == upload.size
    assert facts["sha256"] == hashlib.sha256(upload.read()).hexdigest()


HOSTILE = {
    "a program": uploads.upload("setup.exe", uploads.EXE),
    "a program renamed": uploads.upload("report.pdf", uploads.EXE),
    "a program as text": uploads.upload("report.txt", uploads.EXE),
    "a program as a document": uploads.upload("report.docx", uploads.EXE),
    "a drawing with a script": uploads.upload("map.svg", uploads.SVG),
    "a drawing renamed": uploads.upload("map.png", uploads.SVG),
    "a page": uploads.upload("page.html", uploads.HTML),
    "a page as text": uploads.upload("page.txt", uploads.HTML),
    "a page after a byte order mark": uploads.upload("page.txt", b"\xef\xbb\xbf \n" + uploads.HTML),
    "a drawing as text": uploads.upload("map.txt", uploads.SVG),
    "a name from right to left": uploads.upload(BIDI_NAME, uploads.EXE),
    "no extension": uploads.upload("paper", b"%PDF-1.7"),
    "nothing": uploads.upload("empty.pdf", b""),
    "a picture renamed": uploads.upload("a.pdf", uploads.PNG),
    "nothing that is known": uploads.upload("a.png", b"\x01\x02\x03 nothing"),
    "an archive renamed": uploads.upload("a.docx", uploads.package({"a.txt": b"a"})),
    "a sheet renamed": uploads.upload("a.docx", uploads.package(uploads.office_parts("xlsx"))),
    "a broken package": uploads.upload("a.docx", b"PK\x03\x04" + b"\x00" * 100),
    "half a package": uploads.upload("a.docx", uploads.package(uploads.office_parts())[:-30]),
    "macros": uploads.upload(
        "a.docx", uploads.package(uploads.office_parts() | {"word/vbaProject.bin": b"x"})
    ),
    "macros under another name": uploads.upload(
        "a.docx",
        uploads.package(
            {
                "[Content_Types].xml": uploads.office_parts()["[Content_Types].xml"]
                + b'<Override ContentType="application/vnd.ms-office.vbaProject"/>'
            }
        ),
    ),
    "macros of an open document": uploads.upload(
        "a.odt", uploads.package(uploads.office_parts("odt") | {"Basic/script-lb.xml": b"x"})
    ),
}


@pytest.mark.parametrize("upload", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_file_is_refused(upload):
    with pytest.raises(Refused) as refusal:
        inspect(upload)

    assert refusal.value.code == "file_refused"
    assert refusal.value.field == "file"


def test_package_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(files, "MAX_UNPACKED_BYTES", 1024 * 1024)

    with pytest.raises(Refused, match="unpacks to more than 1 MB"):
        inspect(uploads.bomb(megabytes=2))


def test_package_with_a_huge_index_is_refused_before_it_is_read(monkeypatch):
    parts = uploads.office_parts() | {f"word/{number}.xml": b"" for number in range(100)}
    upload = uploads.upload("a.docx", uploads.package(parts))
    opened = Mock()
    monkeypatch.setattr(files, "_MAX_INDEX_BYTES", 2000)
    monkeypatch.setattr(files.zipfile, "ZipFile", opened)

    with pytest.raises(Refused):
        inspect(upload)
    opened.assert_not_called()


def test_package_with_a_locked_part_is_refused():
    content = bytearray(uploads.package(uploads.office_parts(), zipfile.ZIP_STORED))
    content[6] |= 1  # the flag "encrypted" of the part itself …
    content[content.rfind(b"PK\x01\x02") + 8] |= 1  # … and of its line in the index

    with pytest.raises(Refused):
        inspect(uploads.upload("a.docx", bytes(content)))


def test_file_beyond_the_limit_is_refused_unread(monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 10)

    with pytest.raises(Refused, match="larger than"):
        inspect(uploads.pdf())


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\note.pdf", "note.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        (BIDI_NAME, "reportfdp.exe"),
        ("\u200fملف\u200f.pdf", "ملف.pdf"),
        ("  . .", "file"),
        ("", "file"),
        ("e\u0301.pdf", "é.pdf"),
        ("x" * 400 + ".pdf", "x" * 150 + ".pdf"),
    ],
)
def test_file_name_is_made_safe(given, kept):
    assert clean_file_name(given) == kept


@pytest.fixture
def storage(monkeypatch, tmp_path):
    place = FileSystemStorage(location=tmp_path, base_url=None)
    monkeypatch.setattr(files, "private_storage", lambda: place)
    return place


def row(storage):
    version = DocumentVersion(file_name="paper.pdf", media_type="application/pdf")
    version.content.storage = storage
    return version


def kept(tmp_path):
    return [path for path in tmp_path.rglob("*") if path.is_file()]


def test_content_is_stored_under_a_random_name(storage, tmp_path):
    version = row(storage)

    with stored_content(version, uploads.pdf()):
        pass

    (path,) = kept(tmp_path)
    assert "paper" not in str(path.relative_to(tmp_path))
    assert path.read_bytes() == uploads.pdf().read()
    assert version.content.name == str(path.relative_to(tmp_path))
    assert str(version) == "paper.pdf"


def test_content_goes_when_the_block_fails(storage, tmp_path):
    seen = []

    def fail():
        with stored_content(row(storage), uploads.pdf()):
            seen.extend(kept(tmp_path))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert len(seen) == 1
    assert kept(tmp_path) == []


def test_content_that_the_storage_does_not_take_is_refused_whole(storage, monkeypatch):
    removed = []
    monkeypatch.setattr(storage, "save", Mock(side_effect=OSError("no space left")))
    monkeypatch.setattr(storage, "delete", removed.append)

    with pytest.raises(NotStored) as error, stored_content(row(storage), uploads.pdf()):
        pytest.fail("the block must not run")

    assert error.value.status == 507
    assert len(removed) == 1


def test_download_is_an_attachment_that_nothing_renders(storage):
    version = row(storage)
    with stored_content(version, uploads.pdf()):
        pass

    response = download(version)

    assert response["Content-Disposition"] == 'attachment; filename="paper.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response.streaming_content) == uploads.pdf().read()
