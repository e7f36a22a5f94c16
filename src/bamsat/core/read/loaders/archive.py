# SPDX-License-Identifier: Apache-2.0
"""Looks through a zip archive before any library opens it: sizes, ratios, passwords, entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from bamsat.core.read.loaders import limits
from bamsat.core.read.loaders.limits import unreadable

_CHUNK = 1024 * 1024
_MARKUP = (".xml", ".rels", ".svg", ".vml", ".xhtml", ".html")
_ENTITIES = (b"<!ENTITY", b"<!DOCTYPE", "<!ENTITY".encode("utf-16-le"), "<!ENTITY".encode("utf-16-be"))
_OVERLAP = 32
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError)


def open_archive(data: bytes, name: str) -> zipfile.ZipFile:
    """The archive, with its directory found sound."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGED as error:
        raise unreadable(name, "truncated") from error
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise unreadable(name, "encrypted")
    total = sum(member.file_size for member in members)
    if len(members) > limits.MOST_MEMBERS or total > limits.LARGEST_UNPACKED:
        megabytes = total // limits.MEGABYTE
        raise unreadable(
            name, "bomb", f"giải nén ra {megabytes} MB, {len(members)} tệp", f"it unpacks to {megabytes} MB"
        )
    for member in members:
        _check_size(member, name)
    return archive


def _check_size(member: zipfile.ZipInfo, name: str) -> None:
    times = member.file_size // max(member.compress_size, 1)
    steep = times > limits.STEEPEST_RATIO and member.file_size > limits.RATIO_MATTERS_FROM
    if steep or member.file_size > limits.LARGEST_MEMBER:
        raise unreadable(
            name,
            "bomb",
            f"phần “{member.filename}” phình ra {times} lần khi giải nén",
            f"its part “{member.filename}” swells {times} times when unpacked",
        )


def check_members(archive: zipfile.ZipFile, name: str) -> None:
    """Unpack every part once, counting: a directory that lies is found out here, and so is a declared entity."""
    for member in archive.infolist():
        markup = member.filename.lower().endswith(_MARKUP)
        tail = b""
        for chunk in chunks(archive, member, name):
            if markup:
                seen = tail + chunk
                if any(sign in seen for sign in _ENTITIES):
                    raise unreadable(
                        name,
                        "bomb",
                        f"phần “{member.filename}” khai báo thực thể XML, tệp văn phòng không bao giờ có",
                        f"its part “{member.filename}” declares XML entities, which office files never do",
                    )
                tail = seen[-_OVERLAP:]


def chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """The unpacked bytes of a part, piece by piece; never more than the directory declares."""
    try:
        with archive.open(member) as part:
            while chunk := part.read(_CHUNK):
                yield chunk
    except _DAMAGED as error:
        raise unreadable(name, "truncated") from error


def member_text(archive: zipfile.ZipFile, path: str, name: str) -> bytes:
    """The whole of one part; empty when the archive has no such part."""
    try:
        member = archive.getinfo(path)
    except KeyError:
        return b""
    return b"".join(chunks(archive, member, name))
