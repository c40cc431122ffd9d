"""Files of each kind that `sitrep import` reads, made as their producers make them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from html import escape
from pathlib import Path

from captures import PARAGRAPHS, TITLE


def message(
    subject: str = TITLE,
    text: str = "\n\n".join(PARAGRAPHS),
    *,
    html: str = "",
    sender: str = "Mira Example <mira@post.example.org>",
    date: str = "Wed, 24 Aug 2022 16:40:00 +0200",
    identity: str = "<1@post.example.org>",
    attached: Sequence[str] = (),
    charset: str = "utf-8",
) -> EmailMessage:
    """A message as a mail program writes it."""
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = "readers@post.example.org"
    mail["Subject"] = subject
    mail["Date"] = date
    mail["Message-ID"] = identity
    mail.set_content(text, charset=charset)
    if html:
        mail.add_alternative(html, subtype="html")
    for name in attached:
        mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename=name)
    return mail


# A line of a page: size in points, left, baseline, text. A size below zero is bold.
Printed = tuple[float, float, float, str]


def pdf(*pages: Sequence[Printed], title: str = "", author: str = "", made: str = "", encrypted: bool = False) -> bytes:
    """A PDF with these lines on its pages, in Helvetica, as simple producers write it (ISO 32000-1)."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>")
    kids = []
    for lines in pages:
        drawn = b"".join(
            b"BT /F%d %g Tf %g %g Td (%s) Tj ET\n" % (2 if size < 0 else 1, abs(size), left, base, _literal(text))
            for size, left, base, text in lines
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>>>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    info = b"<</Title(%s)/Author(%s)/CreationDate(%s)>>" % (_literal(title), _literal(author), _literal(made))
    objects.append(info)
    trailer = b"/Root 1 0 R/Info %d 0 R" % len(objects)
    if encrypted:
        objects.append(b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (b"41" * 32, b"42" * 32))
        trailer += b"/Encrypt %d 0 R/ID[<%s><%s>]" % (len(objects), b"43" * 16, b"43" * 16)
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        data
        + head
        + table
        + b"trailer<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n"
        % (
            len(objects) + 1,
            trailer,
            len(data),
        )
    )


def _literal(text: str) -> bytes:
    return text.encode("cp1252", "replace").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def printed(paragraphs: Sequence[str], top: float = 700, width: int = 80) -> list[Printed]:
    """Paragraphs as lines of 11 points, as a word processor breaks them, with space between paragraphs."""
    import textwrap

    lines: list[Printed] = []
    for paragraph in paragraphs:
        for line in textwrap.wrap(paragraph, width):
            lines.append((11, 72, top, line))
            top -= 13.5
        top -= 9
    return lines


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)
_STYLES = (
    f'<?xml version="1.0" encoding="UTF-8"?><w:styles {_W}><w:style w:type="paragraph" w:styleId="Title">'
    '<w:name w:val="Title"/></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>'
    "</w:style></w:styles>"
)
_DOCUMENT_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'styles" Target="styles.xml"/></Relationships>'
)


def docx(*paragraphs: tuple[str, str] | str, author: str = "", made: str = "", head: str = "") -> bytes:
    """A Word document of paragraphs: texts, or a style's id and a text."""
    body = ""
    for paragraph in paragraphs:
        style, text = ("", paragraph) if isinstance(paragraph, str) else paragraph
        properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        body += f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    core = (
        '<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/'
        '2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms='
        f'"http://purl.org/dc/terms/"><dc:creator>{escape(author)}</dc:creator><dcterms:created>{made}'
        "</dcterms:created></cp:coreProperties>"
    )
    document = f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:document {_W}><w:body>{body}</w:body></w:document>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", _TYPES)
        packed.writestr("_rels/.rels", _RELATIONS)
        packed.writestr("word/document.xml", document)
        packed.writestr("word/styles.xml", _STYLES)
        packed.writestr("word/_rels/document.xml.rels", _DOCUMENT_RELATIONS)
        packed.writestr("docProps/core.xml", core)
    return buffer.getvalue()


def wordpress(*items: str, head: str = "") -> bytes:
    """An export of WordPress (WXR 1.2)."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" ?>{head}\n<!-- This is a WordPress eXtended RSS file -->\n'
        '<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Example Post</title>'
        "<link>https://www.example.org</link><language>en-GB</language><wp:wxr_version>1.2</wp:wxr_version>"
        "<wp:author><wp:author_login><![CDATA[mexample]]></wp:author_login><wp:author_display_name>"
        f"<![CDATA[Mira Example]]></wp:author_display_name></wp:author>\n{''.join(items)}</channel></rss>\n"
    ).encode()


def post(
    title: str = TITLE,
    html: str = "\n\n".join(PARAGRAPHS),
    *,
    number: int = 1,
    kind: str = "post",
    status: str = "publish",
    gmt: str = "2022-08-24 14:40:00",
) -> str:
    """An item of an export."""
    return (
        f"<item><title><![CDATA[{title}]]></title><link>https://www.example.org/?p={number}</link>"
        f"<dc:creator><![CDATA[mexample]]></dc:creator><guid isPermaLink='false'>https://www.example.org/?p={number}"
        f"</guid><content:encoded><![CDATA[{html}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>"
        f"<wp:post_date><![CDATA[2022-08-24 16:40:00]]></wp:post_date><wp:post_date_gmt><![CDATA[{gmt}]]>"
        f"</wp:post_date_gmt><wp:status><![CDATA[{status}]]></wp:status><wp:post_type><![CDATA[{kind}]]>"
        '</wp:post_type><category domain="category" nicename="bridges"><![CDATA[Bridges]]></category>'
        '<category domain="category" nicename="uncategorized"><![CDATA[Uncategorized]]></category></item>\n'
    )


EVENTS = """event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,country,location,latitude,\
longitude,geo_precision,source,notes,fatalities
XKX1,24 August 2022,1,Protests,Peaceful protest,Protesters (Kosovo),,Kosovo,Rudare,42.9217,20.8661,1,\
Example Post; Courier,"On 24 August 2022, drivers blocked the bridge at Rudare.",0
XKX2,2 September 2022,3,Battles,Armed clash,Police of Kosovo,Armed Group (Kosovo),Kosovo,Mitrovica,42.88,20.87,3,\
Courier,"In September 2022, the police and an armed group clashed near Mitrovica.",3
"""


def save(tmp_path: Path, name: str, data: str | bytes | EmailMessage) -> Path:
    """Writes a file to import."""
    path = tmp_path / "saved" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else bytes(data))
    return path
