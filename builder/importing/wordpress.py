"""WordPress: the posts in an export (WXR), which is RSS with elements of WordPress's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO, TypeAlias

from builder.importing.capture import Capture, LeftOut, Refusal
from builder.importing.loose_xml import LooseXML
from builder.importing.wordpress_post import Site, kind_of, post_of, tag_of

# An element of lxml; its type stubs are no dependency.
Element: TypeAlias = Any
# What is left out by the kinds of posts: what one is called, and what several are.
_KINDS = {"page": ("page", "pages"), "attachment": ("attachment", "attachments"),
          "revision": ("revision", "revisions"), "nav_menu_item": ("menu entry", "menu entries"),
          "trash": ("post in the trash", "posts in the trash")}  # fmt: skip


def posts_in(file: BinaryIO, name: str) -> Iterator[Capture | Refusal | LeftOut]:
    """Each post of an export as an entry; how many pages, attachments and revisions are left out.

    One post after the other is read: a file may be larger than memory. One that declares entities is refused whole.
    """
    from lxml import etree

    counted: Counter[str] = Counter()
    site = Site()
    found = 0
    last: tuple[int, Capture | Refusal | None] = (0, None)
    # What the parser can get over is told at the end, and not lost for it: many exports are no sound XML.
    events = etree.iterparse(
        LooseXML(file), ("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    try:
        for event, element in events:
            if event == "start":
                if element.getparent() is None and element.getroottree().docinfo.doctype:
                    yield Refusal(name, "declares entities or a document type, as no export does; export it anew")
                    return
                continue
            tag = tag_of(element)
            if tag == "item":
                if last[1] is not None:
                    yield last[1]
                found += 1
                kind = kind_of(element)
                counted[kind] += 1
                last = (element.sourceline or 0, post_of(element, site, name) if kind == "post" else None)
                _forget(element)
            elif element.getparent() is not None and tag_of(element.getparent()) == "channel":
                site.note(tag, element)
    except (etree.XMLSyntaxError, OSError, ValueError):
        pass  # its log has it
    harm = next((entry for entry in events.error_log if entry.domain_name != "NAMESPACE"), None)
    # The entry in which a file is cut off looks as if it were whole.
    is_cut = harm is not None and harm.line >= last[0]
    if last[1] is not None and not is_cut:
        yield last[1]
    yield from _problem(harm, name, found - is_cut)
    del counted["post"]
    yield from (LeftOut(name, _called(kind, number), number) for kind, number in sorted(counted.items()))


def _problem(harm: Any, name: str, found: int) -> Iterator[Refusal]:
    """The first place where an export is no XML, if there is one. (Prefixes without a namespace do no harm.)"""
    if harm is not None:
        reason = f"is cut off or spoilt ({' '.join(harm.message.split())[:100]})"
        message = f"{reason}; {found} of its entries could be read, compare them, or export it anew"
        yield Refusal(f"{name}:{harm.line}", message)
    elif not found:
        yield Refusal(name, "is a WordPress export without an entry; export it anew")


def _called(kind: str, number: int) -> str:
    singular, plural = _KINDS.get(kind, (f"entry of the kind {kind}", f"entries of the kind {kind}"))
    return singular if number == 1 else plural


def _forget(element: Element) -> None:
    """Frees what was read: the tree would otherwise grow to the size of the file."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
