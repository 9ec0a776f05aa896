"""What a file is, by its first bytes and never by its name; and what to do with the kinds that are not read."""

from __future__ import annotations

from orchestration.intake.document import SetAsideError

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# First bytes, what the file is, what to do with it.
UNSUPPORTED = (
    (b"{\\rtf", "an RTF file", "Save it as DOCX or PDF."),
    (b"Rar!\x1a\x07", "a RAR archive", "Unpack it and give the report in it."),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "Unpack it and give the report in it."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it and give the report in it."),
    (b"BZh", "a bzip2 archive", "Unpack it and give the report in it."),
    (b"\xfd7zXZ\x00", "an xz archive", "Unpack it and give the report in it."),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", "Ask the agency for the report as text."),
    (b"\xff\xd8\xff", "a JPEG picture", "Ask the agency for the report as text."),
    (b"GIF8", "a GIF picture", "Ask the agency for the report as text."),
    (b"II*\x00", "a TIFF picture", "Ask the agency for the report as text."),
    (b"MM\x00*", "a TIFF picture", "Ask the agency for the report as text."),
    (b"BM", "a BMP picture", "Ask the agency for the report as text."),
    (b"%!PS", "a PostScript file", "Convert it to PDF."),
    (b"\x7fELF", "a program", "Check what was downloaded."),
    (b"MZ", "a program", "Check what was downloaded."),
    (b"SQLite format 3\x00", "a database", "Check what was downloaded."),
    (b"PAR1", "a Parquet file", "Check what was downloaded."),
    (b"MIME-Version:", "a saved web archive (MHT)", "Save the page as HTML only."),
    (b"From: <Saved by", "a saved web archive (MHT)", "Save the page as HTML only."),
)
PARTS = (  # parts of ZIP containers other than DOCX, as they stand in the archive's directory
    (b"xl/workbook", "a spreadsheet (XLSX)", "Save the report as DOCX, PDF or HTML."),
    (b"ppt/presentation", "a presentation (PPTX)", "Save the report as DOCX or PDF."),
    (b"OFD.xml", "an OFD document", "Export it as PDF."),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file", "Save it as DOCX or PDF."),
    (b"application/epub+zip", "an EPUB book", "Save it as PDF."),
)
MARKUP = (  # XML that is no web page, by what stands near its beginning
    (b"http://schemas.microsoft.com/office/word/2003/wordml", "a Word 2003 XML file", "Save it as DOCX or PDF."),
    (b"http://schemas.microsoft.com/office/2006/xmlPackage", "a Word XML file", "Save it as DOCX or PDF."),
)


def recognise(data: bytes) -> str:
    """``pdf``, ``docx`` or ``text`` (HTML is told from text after decoding).

    Raises SetAsideError ``empty_file``, ``unsupported_container`` or ``broken_file``.
    """
    head = data[:4096]
    if not head.strip(b"\0\t\n\r \xef\xbb\xbf\xff\xfe") and not data.strip(b"\0\t\n\r \xef\xbb\xbf\xff\xfe"):
        raise SetAsideError("empty_file", "The file holds no text. Ask the agency for the report again.")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((ZIP, b"PK\x05\x06")):
        return _zip(data)
    if head.startswith(OLE):
        raise _ole(data)
    for magic, what, remedy in UNSUPPORTED:
        if head.startswith(magic) and (len(magic) > 3 or b"\0" in head):
            raise _unsupported(what, remedy)
    if head[:4] == b"RIFF" or head[4:8] == b"ftyp":
        raise _unsupported("a picture or a film", "Ask the agency for the report as text.")
    for mark, what, remedy in MARKUP:
        if mark in head:
            raise _unsupported(what, remedy)
    return "text"


def _zip(data: bytes) -> str:
    if b"word/" in data:
        return "docx"
    for part, what, remedy in PARTS:
        if part in data:
            raise _unsupported(what, remedy)
    if b"PK\x05\x06" not in data[-70_000:]:
        raise SetAsideError("broken_file", "The ZIP container is cut off. Fetch the file again.")
    raise _unsupported("a ZIP archive", "Unpack it and give the report in it.")


def _ole(data: bytes) -> SetAsideError:
    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return SetAsideError("broken_file", "The document is locked with a password. Save it without the password.")
    if holds("Workbook"):
        return _unsupported("an old spreadsheet (XLS)", "Save the report as DOCX, PDF or HTML.")
    if holds("PowerPoint Document"):
        return _unsupported("an old presentation (PPT)", "Save the report as DOCX or PDF.")
    return _unsupported("an old Word or WPS document", "Open it in Word or WPS and save it as DOCX or PDF.")


def _unsupported(what: str, remedy: str) -> SetAsideError:
    return SetAsideError("unsupported_container", f"The file is {what}, which is not read. {remedy}")
