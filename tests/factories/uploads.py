"""Files as a browser sends them: honest ones, and those that somebody hostile would send."""

from __future__ import annotations

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

_OFFICE = "application/vnd.openxmlformats-officedocument."
_MAIN = {
    "docx": f"{_OFFICE}wordprocessingml.document.main+xml",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet.main+xml",
    "pptx": f"{_OFFICE}presentationml.presentation.main+xml",
}
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 120
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 40
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00" * 40
TIFF = b"II*\x00" + b"\x00" * 40
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def pdf(name: str = "paper.pdf", text: str = "one") -> SimpleUploadedFile:
    return upload(name, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + text.encode() + b"\n%%EOF\n")


def package(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return content.getvalue()


def office_parts(kind: str = "docx") -> dict[str, bytes]:
    if kind == "odt":
        return {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}
    return {"[Content_Types].xml": f'<Types><Override ContentType="{_MAIN[kind]}"/>'.encode()}


def office(kind: str = "docx") -> SimpleUploadedFile:
    return upload(f"paper.{kind}", package(office_parts(kind)))


def bomb(name: str = "bomb.docx", megabytes: int = 201) -> SimpleUploadedFile:
    parts = office_parts() | {"word/document.xml": b"\x00" * megabytes * 1024 * 1024}
    return upload(name, package(parts))
