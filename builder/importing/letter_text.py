"""Letter text: the plain text of a message as paragraphs, without signature, quoted letters and the list's footer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from builder.importing.article import Block
from builder.importing.markup import escaped, linked

_SIGNATURE = re.compile(r"^-- ?$")
# What programs put before what they quote below an answer, in the languages of those programs.
_QUOTED_BELOW = re.compile(
    r"(?i)^(?:-{2,}\s*(?:original message|ursprüngliche nachricht|message d'origine|mensaje original|"
    r"исходное сообщение)\s*-{2,}|"
    r"on .{8,200} wrote:|am .{8,200} schrieb.{0,100}:|le .{8,200} a écrit\s*:|el .{8,200} escribió:|"
    r".{0,40}\d{4}.{0,120}<[^<>\s]+@[^<>\s]+>\s*:)$"
)
_FORWARDED = re.compile(
    r"(?im)^[>\s]*(?:-{3,}\s*(?:forwarded message|original message|weitergeleitete nachricht|message (?:transféré|"
    r"d'origine)|mensaje reenviado|пересылаемое сообщение)\s*-{3,}|begin forwarded message:|"
    r"anfang der weitergeleiteten (?:nachricht|e-mail):|début du message (?:transféré|réexpédié)\s*:)\s*$"
)
_FORWARDED_HEADER = re.compile(
    r"(?i)^\**(from|von|de|от|date|datum|sent|gesendet|fecha|envoyé|enviado|дата|отправлено|subject|betreff|objet|asunto|тема|to|an|à|para|"
    r"кому|cc|reply-to)\**\s*:\**\s*(.*)$"
)
# Outlook has no line above them.
_HEADERS = re.compile(
    r"(?im)^(?:from|von|de|от):.+\n(?:sent|gesendet|envoyé|enviado|date|datum|fecha|дата|отправлено):.+\n(?:.+\n){0,3}?"
    r"(?:subject|betreff|objet|asunto|тема):.*$"
)
_FIELDS = {
    "from": "from", "von": "from", "de": "from", "от": "from", "date": "date", "datum": "date", "sent": "date",
    "gesendet": "date", "fecha": "date", "envoyé": "date", "дата": "date", "subject": "subject", "betreff": "subject",
    "objet": "subject", "asunto": "subject", "тема": "subject", "enviado": "date", "отправлено": "date",
}  # fmt: skip
# The line above what a mailing list adds at the end.
_FOOTER = re.compile(r"^(?:[_=-]{20,}|[*~#]{20,})$")
# What wraps a text that is signed by OpenPGP (RFC 9580), and its signature.
_SIGNED = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----\n(?:Hash:.*\n)?|"
    r"^-----BEGIN PGP SIGNATURE-----.*?(?:^-----END PGP SIGNATURE-----|\Z)",
    re.MULTILINE | re.DOTALL,
)
_RULE = re.compile(r"^\s*(?:[-=_*~#+]\s?){3,}\s*$")
_ITEM = re.compile(r"^\s{0,6}(?:[-*•+]|(\d{1,2})[.)])\s+(?=\S)")
# An address between signs, as programs write one behind the words that it was a link of.
_ADDRESS = re.compile(r"\s*<(https?://[^<>\s]+)>")
_BARE_ADDRESS = re.compile(r"https?://[^\s<>\"'`]*[^\s<>\"'`.,;:!?)\]]")
_SHORT = 62  # characters: a line that is shorter than its neighbours' is ended by its writer


class Forwarded(Struct, frozen=True):
    """A message within the text of another."""

    subject: str
    sender: str
    date: str
    text: str


def forwarded_in(text: str) -> Forwarded | None:
    """The message that a letter forwards in its `text`, where it says little else itself."""
    match = _FORWARDED.search(text) or _HEADERS.search(text)
    if match is None:
        return None
    behind = text[match.start() if match.re is _HEADERS else match.end() :]
    lines = [line.removeprefix("> ").rstrip() for line in behind.lstrip("\n").split("\n")]
    lines = lines[next((at for at, line in enumerate(lines) if line.strip()), 0) :]
    fields: dict[str, str] = {}
    at = 0
    while at < len(lines) and (found := _FORWARDED_HEADER.match(lines[at].strip())):
        if field := _FIELDS.get(found[1].lower()):
            fields.setdefault(field, found[2].strip())
        at += 1
    inside = "\n".join(lines[at:]).strip()
    if not fields or len(text[: match.start()].strip()) > len(inside):
        return None
    return Forwarded(fields.get("subject", ""), fields.get("from", ""), fields.get("date", ""), inside)


def blocks_of_letter(text: str, *, is_flowed: bool) -> list[Block]:
    """The paragraphs, quotes and items of a message's plain text."""
    lines = _own_lines(_SIGNED.sub("", text).expandtabs(4).split("\n"))
    if is_flowed:
        lines = _unflowed(lines)
    blocks: list[Block] = []
    for run in _runs(lines):
        blocks += _blocks(run)
    return blocks


def _own_lines(lines: Sequence[str]) -> list[str]:
    """What the message says itself."""
    end = len(lines)
    for index, line in enumerate(lines):
        is_quote_below = _QUOTED_BELOW.match(line.strip()) and index > 0
        rest = [other for other in lines[index + 1 :] if other.strip()]
        # An answer between the quoted lines is kept with them: without them, nobody would understand it.
        if is_quote_below and all(
            other.lstrip().startswith((">", "|")) for other in rest if not _SIGNATURE.match(other)
        ):
            end = index
            break
        if _SIGNATURE.match(line) or (_FOOTER.match(line.strip()) and 0 < len(rest) <= 8 and index > len(lines) / 2):
            end = index
            break
    return list(lines[:end])


def _unflowed(lines: Sequence[str]) -> list[str]:
    """Lines as they were before a program broke them (RFC 3676), with an empty one behind each."""
    found: list[str] = []
    current = ""
    for line in lines:
        line = line.removeprefix(" ")
        if line.endswith(" ") and line.strip() and line != "-- ":
            current += line
        else:
            found.append(current + line)
            found.append("")
            current = ""
    return [*found, current] if current else found


def _runs(lines: Sequence[str]) -> list[list[str]]:
    """Lines with no empty one, and no rule, between them."""
    runs: list[list[str]] = [[]]
    for line in lines:
        if not line.strip() or _RULE.match(line):
            runs.append([])
        else:
            runs[-1].append(line.rstrip())
    return [run for run in runs if run]


def _blocks(run: Sequence[str]) -> list[Block]:
    blocks: list[Block] = []
    widest = max(len(line) for line in run)
    current: list[str] = []
    kind: Block | None = None

    def close() -> None:
        if current:
            text = " ".join(" ".join(current).split())
            if text:
                own = kind if kind is not None else Block("paragraph", "", "")
                text = _ADDRESS.sub(lambda match: f" {match[1]}" if match.start() else match[1], text)
                blocks.append(replace(own, text=text, markup=_marked(text)))
        current.clear()

    for index, line in enumerate(run):
        if line.lstrip().startswith(">"):
            if kind is None or kind.kind != "quote":
                close()
            kind = Block("quote", "", "")
            current.append(re.sub(r"^[>\s]+", "", line))
            continue
        if match := _ITEM.match(line):
            close()
            kind = Block("item", "", "", marker=f"{match[1]}." if match[1] else "-")
            current.append(line[match.end() :])
            continue
        if kind is not None and kind.kind == "quote":
            close()
            kind = None
        current.append(line)
        # Lines of an address or a poem are ended where they end; those of a paragraph, where the width does.
        next_word = run[index + 1].split()[0] if index + 1 < len(run) else ""
        fits = len(line) + 1 + len(next_word) <= min(widest, 78) - 2
        if next_word and fits and (len(line) < _SHORT or widest > 90) and kind is None:
            close()
    close()
    return blocks


def _marked(text: str) -> str:
    """A text as markup, in which addresses of the web are links."""
    parts, end = [], 0
    for match in _BARE_ADDRESS.finditer(text):
        parts += [escaped(text[end : match.start()]), linked(escaped(match[0]), match[0])]
        end = match.end()
    return "".join([*parts, escaped(text[end:])])
