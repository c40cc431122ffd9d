"""Messages that were forwarded as HTML alone, as the common programs do it."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage

import pytest
from captures import PARAGRAPHS, TITLE

from builder.importing import Capture, Draft, Tagger, Wanted, convert
from builder.importing.archive_names import ArchiveNames

BODY = "".join(f"<p>{paragraph.replace('KFOR', '<a href=https://e.org/k>KFOR</a>')}</p>" for paragraph in PARAGRAPHS)
FORWARDED = {
    "Gmail": (
        "<div dir=ltr>Fyi.<br><br><div class=gmail_quote><div class=gmail_attr>---------- Forwarded message ---------"
        "<br>From: <strong>Jo Writer</strong> <span>&lt;<a href='mailto:jo@e.org'>jo@e.org</a>&gt;</span><br>"
        f"Date: Tue, Aug 23, 2022 at 9:00 AM<br>Subject: {TITLE}<br>To: Mira &lt;mira@e.org&gt;<br></div><br><br>"
        f"{BODY}</div></div>"
    ),
    "Outlook": (
        "<div class=WordSection1><p class=MsoNormal>Fyi.</p><p>&nbsp;</p><div style='border-top:solid #E1E1E1 1.0pt'>"
        "<p class=MsoNormal><b>From:</b> Jo Writer &lt;jo@e.org&gt; <br><b>Sent:</b> Tuesday, August 23, 2022 9:00 AM"
        f"<br><b>To:</b> Mira &lt;mira@e.org&gt;<br><b>Subject:</b> {TITLE}</p></div>{BODY}</div>"
    ),
    "Thunderbird": (
        "<p>Fyi.</p><div class=moz-forward-container><br><br>-------- Forwarded Message --------<table><tbody>"
        f"<tr><th>Subject: </th><td>{TITLE}</td></tr><tr><th>Date: </th><td>Tue, 23 Aug 2022 09:00:00 +0200</td></tr>"
        "<tr><th>From: </th><td>Jo Writer &lt;jo@e.org&gt;</td></tr><tr><th>To: </th><td>mira@e.org</td></tr>"
        f"</tbody></table><br><br>{BODY}</div>"
    ),
    "Apple Mail": (
        "<div>Fyi.<br><blockquote type=cite><div>Begin forwarded message:</div><br><div><b>From: </b>Jo Writer "
        f"&lt;jo@e.org&gt;</div><div><b>Subject: </b><b>{TITLE}</b></div><div><b>Date: </b>23 August 2022 at 09:00:00 "
        f"CEST</div><div><b>To: </b>mira@e.org</div><br><div>{BODY}</div></blockquote></div>"
    ),
}


@pytest.mark.parametrize("program", FORWARDED)
def test_a_message_that_was_forwarded_as_html_alone_is_the_message_within_and_keeps_its_links(program: str) -> None:
    around = EmailMessage()
    around["Subject"], around["From"], around["Date"] = "FW: news", "Mira <m@e.org>", "Wed, 24 Aug 2022 16:40:00 +0200"
    around.set_content(FORWARDED[program], subtype="html")
    draft, *rest = convert(Capture(name="a.eml", data=around.as_bytes()), Tagger(ArchiveNames("en")), TODAY)
    assert isinstance(draft, Draft)
    assert (draft.article.title, draft.article.authors, rest) == (TITLE, ("Jo Writer",), [])
    assert draft.article.published is not None
    assert draft.article.published.iso.startswith("2022-08-23")
    assert draft.body.replace("[KFOR](https://e.org/k)", "KFOR") == "\n\n".join(PARAGRAPHS) + "\n"
    assert "[KFOR](https://e.org/k)" in draft.body


TODAY = Wanted(date(2024, 1, 1))
