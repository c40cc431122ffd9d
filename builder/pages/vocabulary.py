"""Vocabularies: the words of closed lists in front matter and records, as the interface says them to a reader."""

from __future__ import annotations

from typing import TypeAlias

from builder.words import Words

# By list and by the word that is written in front matter or in a record.
Vocabulary: TypeAlias = dict[str, dict[str, str]]


def vocabulary(words: Words) -> Vocabulary:
    """The words of every closed list; `kinds` are the kinds of actors and sources as headings of several."""
    _, pgettext = words.gettext, words.pgettext
    return {
        "trend": {
            "escalating": pgettext("trend", "escalating"),
            "stable": pgettext("trend", "stable"),
            "de-escalating": pgettext("trend", "de-escalating"),
        },
        "status": {
            "provisional": pgettext("status of a briefing", "provisional"),
            "confirmed": pgettext("status of a briefing", "confirmed"),
            "active": pgettext("status of a conflict", "active"),
            "frozen": pgettext("status of a conflict", "frozen"),
            "ended": pgettext("status of a conflict", "ended"),
        },
        # The three levels of analytic confidence of ICD 203.
        "confidence": {
            "low": pgettext("confidence", "low"),
            "moderate": pgettext("confidence", "moderate"),
            "high": pgettext("confidence", "high"),
        },
        "precision": {
            "site": pgettext("precision of a place", "site"),
            "town": pgettext("precision of a place", "town"),
            "area": pgettext("precision of a place", "area"),
            "country": pgettext("precision of a place", "country"),
        },
        # ACLED's six.
        "event_type": {
            "Battles": pgettext("kind of event", "Battles"),
            "Protests": pgettext("kind of event", "Protests"),
            "Riots": pgettext("kind of event", "Riots"),
            "Explosions/Remote violence": pgettext("kind of event", "Explosions/Remote violence"),
            "Violence against civilians": pgettext("kind of event", "Violence against civilians"),
            "Strategic developments": pgettext("kind of event", "Strategic developments"),
        },
        # The two scales of the NATO Admiralty code (AJP-2.1). F and 6 mean 'cannot be judged', not 'worst'.
        "reliability": {
            "A": _("completely reliable"),
            "B": _("usually reliable"),
            "C": _("fairly reliable"),
            "D": _("not usually reliable"),
            "E": _("unreliable"),
            "F": _("reliability cannot be judged"),
        },
        "credibility": {
            "1": _("confirmed by other sources"),
            "2": _("probably true"),
            "3": _("possibly true"),
            "4": _("doubtful"),
            "5": _("improbable"),
            "6": _("truth cannot be judged"),
        },
        "kind": {
            "government": pgettext("kind of actor", "government"),
            "armed forces": pgettext("kind of actor", "armed forces"),
            "police": pgettext("kind of actor", "police"),
            "armed group": pgettext("kind of actor", "armed group"),
            "party": pgettext("kind of actor", "party"),
            "organisation": pgettext("kind of actor", "organisation"),
            "mission": pgettext("kind of actor", "mission"),
            "court": pgettext("kind of actor", "court"),
            "person": pgettext("kind of actor", "person"),
            "community": pgettext("kind of actor", "community"),
            "news agency": pgettext("kind of source", "news agency"),
            "newspaper": pgettext("kind of source", "newspaper"),
            "broadcaster": pgettext("kind of source", "broadcaster"),
            "online news": pgettext("kind of source", "online news"),
            "state media": pgettext("kind of source", "state media"),
            "official": pgettext("kind of source", "official"),
            "international organisation": pgettext("kind of source", "international organisation"),
            "NGO": pgettext("kind of source", "NGO"),
            "think tank": pgettext("kind of source", "think tank"),
            "encyclopaedia": pgettext("kind of source", "encyclopaedia"),
            "social media": pgettext("kind of source", "social media"),
            "other": pgettext("kind of source", "other"),
        },
        # Of a briefing: those that a program may have taken from a capture.
        "field": {
            "title": pgettext("field of a briefing", "Title"),
            "author": pgettext("field of a briefing", "Author"),
            "date": pgettext("field of a briefing", "Date"),
            "lang": pgettext("field of a briefing", "Language"),
            "region": _("Region"),
            "actors": _("Actors"),
            "tags": _("Tags"),
            "dossier": _("Dossier"),
            "event_type": _("Kind of event"),
            "location": _("Place"),
            "figures": _("Figures"),
            "sources": _("Sources"),
        },
        "kinds": {
            "government": _("Governments"),
            "armed forces": _("Armed forces"),
            "police": _("Police"),
            "armed group": _("Armed groups"),
            "party": _("Parties"),
            "organisation": _("Organisations"),
            "mission": _("Missions"),
            "court": _("Courts"),
            "person": _("Persons"),
            "community": _("Communities"),
            "news agency": _("News agencies"),
            "newspaper": _("Newspapers"),
            "broadcaster": _("Broadcasters"),
            "online news": _("Online news"),
            "state media": _("State media"),
            "official": _("Official sources"),
            "international organisation": _("International organisations"),
            "NGO": _("NGOs"),
            "think tank": _("Think tanks"),
            "encyclopaedia": _("Encyclopaedias"),
            "social media": _("Social media"),
            "other": pgettext("kinds of sources", "Other"),
        },
    }
