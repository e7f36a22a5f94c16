# SPDX-License-Identifier: Apache-2.0
"""What a Word file brings that runs or fetches something when somebody opens it: a report needs none of it."""

from __future__ import annotations

import re
import zipfile
from html import unescape

from bamsat.core.read.loaders.archive import member_text

_RUNS = re.compile(
    r"vbaproject|vbadata|activex|oleobject|\.(exe|dll|com|scr|js|vbs|hta|bat|cmd|ps1|mht|html?|rtf)$", re.I
)
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>", re.I)
_OUTSIDE = re.compile(r"TargetMode\s*=\s*[\"']External", re.I)
_TARGET = re.compile(r"Target\s*=\s*[\"']([^\"']*)", re.I)
_LINK = re.compile(r"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.I)
_HARMLESS = re.compile(r"https?:|mailto:|#", re.I)
_CHUNK = re.compile(r"/(aFChunk|oleObject|control|vbaProject|attachedToolbars)[\"']")
_FIELD = re.compile(
    r"<(?:\w+:)?instrText\b[^>]*>([^<]*)|\binstr\s*=\s*\"([^\"]*)|\binstr\s*=\s*'([^']*)|fldCharType\s*=\s*[\"']begin"
)
_FETCHES = re.compile(r"^\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|MACROBUTTON)(?![a-z])", re.I | re.M)
_HOLDS_FIELDS = re.compile(r"word/[\w-]+\.xml")


def something_active(archive: zipfile.ZipFile, name: str) -> str:
    """The first part, relation or field that runs or fetches something; empty where there is none."""
    if "macroEnabled" in _text(archive, "[Content_Types].xml", name):
        return "macro"
    for part in archive.namelist():
        if _RUNS.search(part):
            return part[:80]
        if part.endswith(".rels") and (found := _fetched(_text(archive, part, name))):
            return found
        if _HOLDS_FIELDS.fullmatch(part) and (found := _field(_text(archive, part, name))):
            return found
    return ""


def _text(archive: zipfile.ZipFile, part: str, name: str) -> str:
    return member_text(archive, part, name).decode("utf-8", "replace")


def _fetched(relations: str) -> str:
    for relation in _RELATION.findall(relations):
        target = _TARGET.search(relation)
        address = target[1] if target else ""
        link = _LINK.search(relation) and _HARMLESS.match(address)
        if _CHUNK.search(relation) or (_OUTSIDE.search(relation) and not link):
            return address[:80] or "?"
    return ""


def _field(content: str) -> str:
    """The words of a field may be cut into several runs, so they are read on end; each field on a line of its own."""
    told = "".join(_part(found) for found in _FIELD.finditer(content))
    fetches = _FETCHES.search(told)
    return fetches[1] if fetches else ""


def _part(found: re.Match[str]) -> str:
    words = " ".join(re.split(r"[\r\n]", unescape(found[found.lastindex] if found.lastindex else "")))
    return words if found.lastindex == 1 else f"\n{words}"
