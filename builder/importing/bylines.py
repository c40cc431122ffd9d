"""Bylines: the names of authors in what stands where authors are named."""

from __future__ import annotations

import re
from collections.abc import Iterable

from builder.importing.calendar_words import months, weekdays
from builder.names import fold

# What stands before a name: 'By', 'Von', 'Par' …
BY = re.compile(
    r"^\W*(?:(?:written|reported|story|words|text|posted|published|report|analysis|opinion|article|exclusive|updated)\s+)?"
    r"(?:by|von|par|por|di|da|de|af|av|door|przez|autor(?:en|a|es|i|ius)?|auteurs?|author(?:s| of the article)?|"
    r"redaktör|"
    r"autore|napisał[a]?|zdroj|piše|pise|text|texte|texto|reporter|reporting by|автор(?:ы)?|аутор|пише|текст|كتب|"
    r"بقلم|نوشته|"
    r"作者|記者|记者|文|저자|기자|Συντάκτης|oleh|yazan|tác giả)"
    r"(?:\s*[:：]\s*|\s+|(?<=[:：]))",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\s*(?:[|•·►▶/]|\s[-–—]\s|\(|\[|\bfor\s(?:the\s)?[A-Z]|\bin\s[A-Z]|\baus\s[A-Z]|\bà\s[A-Z]|\ben\s[A-Z]"
    r"|\b(?i:published|updated|posted|last updated|follow|email|view|contact|more by|read more|min read|is an? |"
    r"edited by|additional reporting|photograph|via|fact.checked by|reviewed by|translated by|mis à jour|publié)\b"
    r"|https?:|www\.|@|\s\d{1,2}[:.]\d{2}|\d{1,2}\s?(?:min|hours?|days?)\b|\d{4}|(?<=[^\W\d_])\d).*$",
    re.DOTALL,
)
_LAST_FIRST = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)?, [^\W\d_]{2,}(?: [A-Z]\.| de| van| von| del)?")
_AND = re.compile(r"\s*(?:;|,|&|\+|、|\n|\s(?:and|und|et|y|och|og|en|ja|i|и|و|e|with|mit|avec)\s)\s*", re.IGNORECASE)
# Words of offices and of desks: what holds them behind a comma is no name.
_ROLE = re.compile(
    r"(?i)\b(?:editors?|correspondents?|reporters?|writers?|staff|newsroom|desk|columnist|contributors?|analyst|producer|journalist|"
    r"professor|director|author|senior|chief|bureau|redaktion|redacción|redazione|rédaction|redaktor|reporterin|"
    r"korrespondent|correspondant|envoyé|corresponsal|photographer|press secretary|ph\.?d|m\.?d|mba|jr|fellow|"
    r"researcher|lecturer|international|politics|political|business|health|science|technology|sport|world|national|foreign|"
    r"opinion|digital|media|online|analysis|university|institute|centre|center|associate|assistant|executive|deputy|"
    r"manager|president|founder|host|anchor|investigative|diplomatic|defen[cs]e|security|affairs|news)\b"
)
_NO_AUTHOR = re.compile(
    r"(?i)^(?:admin(?:istrator)?|editor|author|autor|guest|staff|webmaster|user(?:name)?|unknown|none|null|undefined|n/?a|anonymous|"
    r"posted|updated|published|comments?|share|follow|subscribe|home|news|contributor|redaktion|web ?desk|online desk|"
    r"about the author.*|all (?:posts|articles).*|view .*|see .*|more .*|by|von|par|por|作者|root|test)$"
)
_PARTICLES = {"de", "da", "di", "del", "della", "van", "von", "der", "den", "la", "le", "el", "al", "bin", "ibn", "dos",
              "du", "ter", "ten", "zu", "af", "av", "y", "e"}  # fmt: skip


def clean_authors(texts: Iterable[str], publisher: str = "", *, trusted: bool = False) -> tuple[str, ...]:
    """The names in `texts`, each once, as they are written there but for what stands around them.

    With `trusted`, `texts` are from a place that holds names and no more: a single word may then be one.
    """
    found: dict[str, str] = {}
    for text in texts:
        text = re.sub(r"\s*\([^()]*\)", "", text)
        for index, part in enumerate(_names(text)):
            name = _clean(part)
            # What follows a name behind a comma may be an office: only the first is trusted to be a name.
            if name and _may_be_name(name, trusted=trusted and index == 0):
                found.setdefault(_key(name), name)
    persons = {key: name for key, name in found.items() if not publisher or key != _key(publisher)}
    # 'John Smith' and 'John Smith, BBC' in one line are one author.
    kept = persons or found
    return tuple(
        name for key, name in kept.items() if not any(key != other and f" {key} " in f" {other} " for other in kept)
    )


def _names(text: str) -> list[str]:
    text = BY.sub("", text.strip())
    text = re.sub(r"(?i)^(?:by|von|par)\b\s*[:：]?\s*", "", text)
    # 'Smith, John': the one form in which a comma divides no names.
    if _LAST_FIRST.fullmatch(text) and not _ROLE.search(text):
        last, _, first = text.partition(", ")
        return [f"{first} {last}"]
    return [part for part in _AND.split(_CUT.sub("", text)) if part]


def _clean(name: str) -> str:
    name = re.sub(r"(?i)^(?:by|von|par|por|and|und|et|y)\b\s*[:：]?\s*", "", name.strip())
    name = re.sub(r"\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b.*$", "", name)
    words = name.split()
    # A date that follows the name without anything between them.
    for index, word in enumerate(words[1:], 1):
        if fold(word).strip(".,") in months() and (
            index + 1 == len(words) > 2 or words[index + 1 :][:1][0][:1].isdigit()
        ):
            words = words[:index]
            break
    return " ".join(words).strip(' \t,.;:|-–—•·*"“”«»‘')


def _key(name: str) -> str:
    return re.sub(r"[^\w ]", "", fold(name))


def _may_be_name(name: str, *, trusted: bool) -> bool:
    words = name.split()
    if not 2 <= len(name) <= 60 or len(words) > 6 or _NO_AUTHOR.match(name) or re.search(r"[<>{}=_@]|\d{2}", name):
        return False
    if _ROLE.search(name) and len(words) > 1 and not trusted:
        return False
    if _ROLE.search(name) and (len(words) == 1 or name[0].islower()):
        return False
    if fold(name) in weekdays() or fold(name) in months():
        return False
    letters = [word for word in words if word[0].isalpha()]
    if not letters:
        return False
    if trusted or len(words) > 1:
        # In scripts with capitals, a name begins with them.
        cased = [word for word in letters if word[0].lower() != word[0].upper()]
        capital = [word for word in cased if word[0].isupper() or word.lower() in _PARTICLES or "'" in word[:3]]
        return (
            len(capital) >= len(cased) - (1 if len(cased) > 3 else 0)
            if not trusted
            else bool(capital) or len(cased) <= 2
        )
    return False
