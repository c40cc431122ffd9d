"""Pictures in a body: those that are there in several widths, and those that become links to their files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any

from markupsafe import Markup, escape

_TAG = re.compile(r"<(?:(?P<link>a)\b[^>]*|(?P<end>/a)|img\b(?P<attributes>[^>]*))>")
_ATTRIBUTE = re.compile(r'(src|alt)="([^"]*)"')
_PICTURE = re.compile(r'<img\b[^>]*? src="([^"]*)"[^>]*>')
_WRAPPING = re.compile(r"</?picture>|<source\b[^>]*>")


def sized_pictures(body: Markup, pictures: Mapping[str, Mapping[str, Any]]) -> Markup:
    """The HTML of a body whose pictures tell how large they are, so that nothing moves when they arrive.

    `pictures` are by their addresses: `width` and `height`, `variants` in other widths, of which a browser may take one
    instead, and the `sizes` by which it chooses.
    """

    def written(tag: re.Match[str]) -> str:
        known = pictures.get(unescape(tag[1]))
        if known is None:
            return tag[0]
        has_own = " width=" in tag[0] or " height=" in tag[0]
        image = tag[0] if has_own else f'{tag[0][:-1]} width="{known["width"]}" height="{known["height"]}">'
        if not known["variants"]:
            return image
        listed = ", ".join([f"{escape(one['address'])} {one['width']}w" for one in known["variants"]])
        source = f'<source type="image/webp" srcset="{listed}" sizes="{escape(known["sizes"])}">'
        return f"<picture>{source}{image}</picture>"

    # Safe: what was safe; what is put in is escaped.
    return Markup(_PICTURE.sub(written, body))  # noqa: S704


def linked_pictures(
    body: Markup, files: Mapping[str, int], label: str, attributes: str = "", *, size: Callable[[int], str]
) -> Markup:
    """The HTML of a body without its pictures: in the place of each stands a link to it, of class `picture`.

    In the place of `{name}` in `label` stands the picture's text, or where it has none, its file's name. `files` are
    sizes in bytes by address, and `size` says one. `attributes` are those of the label, where it is in another language
    than the body. A picture that is itself a link's words gives that link its text,
    and is led to behind it, since no link may stand in another.
    """
    body = Markup(_WRAPPING.sub("", body))  # noqa: S704  # less than what was safe
    own = escape(attributes)
    before, _, behind = escape(label).partition("{name}")
    if own:
        marked = Markup("<span{}>{}</span>")
        before, behind = (marked.format(own, part) if part else part for part in (before, behind))
    out: list[str] = []
    waiting: list[str] = []
    done = 0
    is_in_link = False
    for tag in _TAG.finditer(body):
        out.append(body[done : tag.start()])
        done = tag.end()
        if tag["link"] or tag["end"]:
            is_in_link = bool(tag["link"])
            out.append(tag[0])
            if tag["end"]:
                out += waiting
                waiting.clear()
            continue
        stated = dict(_ATTRIBUTE.findall(tag["attributes"]))
        address = stated["src"]
        name = stated.get("alt") or address.rpartition("/")[2]
        known = files.get(unescape(address))
        told = f" <small{own}>({escape(size(known))})</small>" if known is not None else ""
        link = f'<a class="picture" href="{address}">{before}{name}{behind}</a>{told}'
        if is_in_link:
            out.append(name)
            waiting.append(f" {link}")
        else:
            out.append(link)
    # Safe: what was safe; the label and sizes are escaped.
    return Markup("".join([*out, body[done:]]))  # noqa: S704
