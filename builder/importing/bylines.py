"""Bylines: the names of authors in what stands where authors are named."""

from __future__ import annotations

import re
from collections.abc import Iterable

from builder.importing.calendar_words import months, weekdays
from builder.importing.han_names import is_only_han, may_be_name, names_in
from builder.importing.phrases import alternatives
from builder.importing.where import place_matcher
from builder.importing.who import actor_matcher
from builder.names import fold

# What stands before a name: 'By', 'Von', 'Par' …
BY = re.compile(
    rf"^\W*(?:(?:{alternatives('wrote')})\s+)?(?:{alternatives('by')})(?:\s*[:：]\s*|\s+|(?<=[:：]))", re.IGNORECASE
)
# What agencies and their desks are called, as an author too.
AGENCY = re.compile(r"^[A-Z]{2,5}$|\b(?:Wire|Staff|Agency|Press|News|Service|Reuters|Newsroom)\b")
# What follows a name, or a firm's, behind a comma, where it isn't written in capitals alone.
_SUFFIX = re.compile(r"(?i)(?:ph\.? ?d|dphil|esq|jr|sr|i{2,3}|inc|ltd|llc|plc|gmbh|corp|ret)\.?")
_FIRM = re.compile(r"(?i)\s(?:inc|ltd|llc|plc|gmbh|ag|se|kg|corp|sa|srl|bv|ab|as|oy)$")
_CUT = re.compile(
    r"\s*(?:[|•·►▶/]|\s[-–—]\s|\[|\((?=[^()]*$)|\bfor\s(?:the\s)?[A-Z]|\bon\s[A-Z][a-z]{2,8}[,.]|\bin\s[A-Z]|\baus\s[A-Z]|\bà\s[A-Z]|\ben\s[A-Z]"
    rf"|\b(?i:{alternatives('byline_ends')})\b"
    r"|https?:|www\.|@|\((?i:with|mit|avec|con|com|z|med)\b|\s\d{1,2}[:.]\d{2}|\d{1,2}\s?(?:min|hours?|days?)\b|\d{4}|(?<=[^\W\d_])\d).*$",
    re.DOTALL,
)
_CUT_JOINED = re.compile(rf"\s*(?:{alternatives('byline_ends_joined')}).*$", re.DOTALL)
# A name on the web, which is no person's.
_HOST = re.compile(
    r"(?i)(?:[\w-]+\.)*[\w-]{3,}\.(?:com|net|org|info|news|tv|eu|at|be|ch|cn|cz|de|es|fr|it|jp|kr|nl|pl|ru|ua|uk)"
)
_KOREAN = re.compile(r"([가-힣]{2,4})(?: [가-힣]+)* (?P<office>[가-힣]+)")
_LAST_FIRST = re.compile(
    r"[^\W\d_]+(?:[-'’ ][^\W\d_]+){0,2}, [^\W\d_]{2,}(?:-[^\W\d_]+)?(?: [A-Z]\.| de| van| von| del)?"
)
_SHORT = 6  # letters: what has fewer, in capitals, may be an agency's or an organisation's
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_AND = re.compile(r"\s*(?:;|,|&|\+|、|\n|\s(?:and|und|et|y|och|og|en|ja|i|и|و|e|with|mit|avec)\s)\s*", re.IGNORECASE)
_ROLE = re.compile(rf"\b(?:{alternatives('roles')})\b", re.IGNORECASE)
_NO_AUTHOR = re.compile(rf"^(?:{alternatives('no_authors')})$", re.IGNORECASE)
_PARTICLES = {"de", "da", "di", "del", "della", "van", "von", "der", "den", "la", "le", "el", "al", "bin", "ibn", "dos",
              "du", "ter", "ten", "zu", "af", "av", "y", "e"}  # fmt: skip


def clean_authors(texts: Iterable[str], sites: Iterable[str] = (), *, trusted: bool = False) -> tuple[str, ...]:
    """The names in `texts`, each once, as they are written there but for what stands around them.

    `sites` are names of the page's publisher: who is called so is no author. With `trusted`, `texts` are from a place
    that holds names and no more: a single word may then be one.
    """
    names = {_key(text) for site in sites for text in (site, _IN_BRACKETS.sub("", site))}
    found: dict[str, str] = {}
    for text in texts:
        text = _IN_BRACKETS.sub("", text)
        for index, part in enumerate(_names(text)):
            name = _clean(part)
            # What follows a name behind a comma may be an office: only the first is trusted to be a name.
            if name and _may_be_name(name, trusted=trusted and index == 0) and not _is_site(_key(name), names):
                found.setdefault(_key(name), name)
    return tuple(name for key, name in found.items() if not any(_is_same(key, name, *other) for other in found.items()))


def _is_same(key: str, name: str, other_key: str, other: str) -> bool:
    """Whether two names are one person's, and the second is it better: the longer, without words behind the name."""
    if key == other_key:
        return False
    if f" {key} " in f" {other_key} ":
        return not other[len(name) :].lstrip()[:1].islower()
    return key.startswith(f"{other_key} ") and name[len(other) :].lstrip()[:1].islower()


def is_last_first(last: str, first: str) -> bool:
    """Whether `last`, a comma and `first` are a person's name, and not an organisation with its place, or a name with a
    degree behind it."""
    if last.isupper():
        last = last.title()
        if sum(map(str.isalpha, last)) < _SHORT or any(one.text == last for one in place_matcher().find(last)):
            return False
    if AGENCY.search(last) or AGENCY.search(first) or any(one.text == last for one in actor_matcher().find(last)):
        return False
    # Initials are in capitals, too.
    if _SUFFIX.fullmatch(first) or (first.isupper() and re.search(r"[^\W\d_]{2}", first)):
        return False
    return not any(one.text == first for one in place_matcher().find(first))


def without_office(text: str) -> str:
    """A name without the office that follows it with nothing between: `Jane Doe Senior Correspondent`."""
    words = text.split()
    return " ".join(words[: next((at for at, word in enumerate(words) if at > 1 and _ROLE.fullmatch(word)), None)])


def _is_site(key: str, sites: set[str]) -> bool:
    """Whether a name is a publisher's, as `USA Today` on `usatoday.com` and `Post Ltd`, or has one in it, as `Ediciones
    El País`."""
    joined = _FIRM.sub("", key).replace(" ", "")
    return any(joined == site.replace(" ", "") or (" " in site and f" {site} " in f" {key} ") for site in sites if site)


def _names(text: str) -> list[str]:
    if ";" in text:
        return [name for part in text.split(";") for name in _names(part)]
    text = BY.sub("", text.strip())
    text = re.sub(r"(?i)^(?:by|von|par)\b\s*[:：]?\s*", "", text)
    # 'Smith, John': the one form in which a comma divides no names.
    last, _, first = text.partition(", ")
    is_one = " " not in last or last.isupper()  # else a comma stands between two persons, as likely
    if is_one and _LAST_FIRST.fullmatch(text) and not _ROLE.search(text) and is_last_first(last, first):
        return [f"{first} {last}"]
    parts = [part for part in _AND.split(_CUT.sub("", _CUT_JOINED.sub("", text))) if part]
    # In Chinese, a space divides persons, and no name.
    return [name for part in parts for name in (names_in(part) if is_only_han(part) else ()) or (part,)]


def _clean(name: str) -> str:
    name = re.sub(r"(?i)^(?:by|von|par|por|and|und|et|y)\b\s*[:：]?\s*", "", name.strip())
    name = re.sub(r"\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b.*$", "", name)
    if (korean := _KOREAN.fullmatch(name)) and _ROLE.fullmatch(korean["office"]):
        return korean[1]
    words = name.split()
    # A date that follows the name without anything between them.
    for index, word in enumerate(words[1:], 1):
        if fold(word).strip(".,") in months():
            behind = words[index + 1] if index + 1 < len(words) else ""
            # May and August are last names, too.
            if behind[:1].isdigit() or (not behind and index > 1):
                words = words[:index]
                break
    return " ".join(words).strip(' \t,.;:|-–—•·*"“”«»‘')


def _key(name: str) -> str:
    return re.sub(r"[^\w ]", "", fold(name))


def _may_be_name(name: str, *, trusted: bool) -> bool:
    words = name.split()
    if not 2 <= len(name) <= 60 or len(words) > 6 or _NO_AUTHOR.match(name) or re.search(r"[<>{}=_@]|\d{2}", name):
        return False
    if _HOST.fullmatch(name):
        return False
    if is_only_han(name):
        return may_be_name(name) and (trusted or len(words) > 1 or bool(names_in(name)))
    if _ROLE.search(name) and len(words) > 1 and not trusted:
        return False
    if _ROLE.search(name) and (len(words) == 1 or name[0].islower()):
        return False
    if fold(name) in weekdays() or fold(name) in months():
        return False
    letters = [word for word in words if word[0].isalpha()]
    if not letters:
        return False
    if not trusted and name[0].islower() and words[0] not in _PARTICLES and "'" not in words[0]:
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
