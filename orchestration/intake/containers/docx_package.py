"""The ZIP and XML around a Word document, opened so that a hostile file gains nothing: no paths, entities or bombs."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from orchestration.intake.containers.limits import MAX_PART_BYTES
from orchestration.intake.document import SetAsideError

WRAPPERS = frozenset(
    ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "dir", "bdo")
)
KNOWN = ("word/", "xl/", "ppt/")
MAX_NAMES = 5_000

_names: dict[object, str] = {}


class Package:
    """The parts of one file. Raises SetAsideError ``broken_file``, ``unsupported_container`` or ``reading_limit``."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError) as error:
            raise _broken("its ZIP container is cut off or damaged") from error
        self._names = set(self._archive.namelist())

    def main(self) -> etree._Element:
        """The root of the document itself, wherever the package says that it is."""
        name = "word/document.xml"
        relations = self.part("_rels/.rels")
        if relations is not None:
            for relation in relations:
                if str(relation.get("Type", "")).endswith("/officeDocument"):
                    name = posixpath.normpath(str(relation.get("Target", "")).lstrip("/"))
        if name not in self._names:
            raise _broken("it has no document part")
        if not name.startswith("word/") and name.startswith(KNOWN):
            raise SetAsideError(
                "unsupported_container", "The file is a spreadsheet or a presentation. Save the report as DOCX or PDF."
            )
        root = self.part(name)
        if root is None or local(root) != "document":
            raise _broken("its document part is no Word document")
        return root

    def part(self, name: str) -> etree._Element | None:
        """The root of an XML part, or None where there is no such part."""
        if name not in self._names:
            return None
        try:
            with self._archive.open(name) as stream:
                content = stream.read(MAX_PART_BYTES + 1)
        except RuntimeError as error:  # also NotImplementedError: encrypted, or packed in an unknown way
            raise _broken("it is locked with a password or packed in an unknown way") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError) as error:
            raise _broken(f"its part {name} is cut off or damaged") from error
        if len(content) > MAX_PART_BYTES:
            raise SetAsideError(
                "reading_limit", f"The part {name} unpacks to more than {MAX_PART_BYTES} bytes. Save the report again."
            )
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise _broken(f"its part {name} is not well-formed XML") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise _broken(f"its part {name} declares entities, which no Word document does")
        return root


def local(node: etree._Element) -> str:
    """The name of an element without its namespace: transitional and strict documents differ in nothing else."""
    tag = node.tag
    name = _names.get(tag)
    if name is None:
        name = tag.rpartition("}")[2] if isinstance(tag, str) else ""  # comments and entities have no name
        if len(_names) < MAX_NAMES:
            _names[tag] = name
    return name


def attribute(node: etree._Element | None, name: str) -> str | None:
    """An attribute by its local name."""
    if node is None:
        return None
    for key, value in node.attrib.items():
        if key == name or key.endswith("}" + name):
            return value
    return None


def child(node: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along a path of local names."""
    for name in path:
        if node is None:
            return None
        for below in node:
            if local(below) == name:
                break
        else:
            return None
        node = below
    return node


def children(node: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """What an element holds, with wrappers that a reader does not see taken away."""
    for below in node:
        name = local(below)
        if name in WRAPPERS:
            yield from children(below)
        elif name == "AlternateContent":
            choice = next((part for part in below if local(part) in ("Choice", "Fallback") and len(part)), None)
            if choice is not None:
                yield from children(choice)
        elif name:
            yield name, below


def is_on(properties: etree._Element | None, name: str) -> bool:
    """Whether a switch such as ``w:strike`` is set."""
    switch = child(properties, name) if properties is not None else None
    return switch is not None and attribute(switch, "val") not in ("0", "false", "off", "none")


def _broken(what: str) -> SetAsideError:
    return SetAsideError("broken_file", f"The DOCX cannot be opened: {what}. Fetch it again, or save it again in Word.")
