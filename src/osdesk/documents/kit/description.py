"""What a PDF says of itself beside its pages: title, author, subject, date, and the same as XMP.

Readers for the blind say the title instead of the file's name; archives find the date. Apart from
the drawing, for it alone reaches into ReportLab's own document.
"""

from datetime import UTC, datetime
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

from osdesk.documents.kit import fonts

MAKER = "osdesk"
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)

_XMP = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>pt-BR</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<pdf:Producer>{maker}</pdf:Producer>
<xmp:CreatorTool>{maker}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def describe(
    canvas: Canvas, title: str, author: str, subject: str, issued: datetime | None
) -> None:
    """Write it into the canvas's document; the moment in its own zone, to the second."""
    title, author, subject = (fonts.clean(text) for text in (title, author, subject or title))
    moment = issued or UNDATED
    offset = f"{moment:%z}"
    written = f"D:{moment:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'"
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject(subject)
    canvas.setCreator(MAKER)
    canvas.setProducer(MAKER)
    canvas.setDateFormatter(lambda *_now: written)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    xmp = _XMP.format(
        title=escape(title),
        author=escape(author),
        subject=escape(subject),
        maker=MAKER,
        date=moment.isoformat(timespec="seconds"),
    )
    kind = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
    # not compressed: found by tools that do not read PDF
    document = canvas._doc  # type: ignore[attr-defined]  # the stub leaves it out
    document.Catalog.Metadata = PDFStream(kind, xmp.encode("utf-8"), filters=[])
