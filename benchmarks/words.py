"""Words: what the briefings of a corpus are written with. All names are invented; nothing in a corpus happened."""

import re

PLACES = (
    "Aldoria", "Beskara", "Cormand", "Dravina", "Estovar", "Fenmark", "Galdova", "Harsten", "Ilvania", "Jorland",
    "Kasteria", "Lomara", "Merovia", "Nordhaven", "Ostrava Plain", "Pelagora", "Questin", "Rovenia", "Sarnath Coast",
    "Tavria",
)  # fmt: skip
REGIONS = (*PLACES, *(f"Northern {place}" for place in PLACES))

ACTORS_BY_KIND = {
    "government": tuple(f"{place} Ministry of Defence" for place in PLACES),
    "armed forces": tuple(f"{place} Army" for place in PLACES),
    "police": tuple(f"{place} Border Police" for place in PLACES),
    "armed group": tuple(f"{place} Liberation Front" for place in PLACES),
    "party": tuple(f"{place} Unity Party" for place in PLACES),
    "mission": tuple(f"Observer Mission in {place}" for place in PLACES),
    "community": tuple(f"Elders of {place}" for place in PLACES),
    "organisation": (
        "Contact Group", "Council of Neighbours", "Demining Trust", "Foundation for Dialogue", "Humanitarian Convoy",
        "League of Coastal States", "Mediation Bureau", "Monitors Without Arms", "Refugee Relief Board",
        "Stabilisation Fund",
    ),
}  # fmt: skip
ACTORS = tuple(name for names in ACTORS_BY_KIND.values() for name in names)

TAGS = (
    "ceasefire", "peacekeeping", "elections", "border crossing", "protests", "sanctions", "mediation", "refugees",
    "detention", "prisoner exchange", "shelling", "mines", "humanitarian aid", "water supply", "power grid",
    "media freedom", "disinformation", "boycott", "local government", "police reform", "constitutional court",
    "energy", "trade", "transit", "customs", "roadblocks", "curfew", "mobilisation", "conscription", "demobilisation",
    "disarmament", "drones", "air defence", "naval patrol", "fishing rights", "grain exports", "railways", "aviation",
    "licence plates", "identity documents", "language rights", "schools", "hospitals", "cultural heritage",
    "missing persons", "war crimes", "amnesty", "reparations", "land registry", "returnees", "minorities",
    "women and peace", "youth", "unions", "smuggling", "kidnapping", "cyber attack", "espionage", "reconstruction",
    "talks",
)  # fmt: skip

EVENTS = (
    "an exchange of fire", "a blocked convoy", "a prisoner exchange", "a march of several hundred people",
    "the arrest of two officials", "a power cut", "the closing of a crossing", "an explosion without casualties",
    "a raid on a warehouse", "the return of forty families",
)  # fmt: skip
FEATURES = ("bridge", "customs post", "town hall", "dam", "railway yard", "market", "checkpoint", "harbour")
RESPONSES = (
    "asked for calm", "denied any part in it", "sent a delegation", "announced an inquiry", "called it a provocation",
    "confirmed the account in part", "did not answer questions", "withdrew its patrols for a day",
)  # fmt: skip
CLAIMS = (
    "its patrols had not crossed the line of separation", "the number of the injured had risen to {number}",
    "talks would be resumed “within days”", "no order to open fire had been given",
    "{number} people had been detained and later released", "the agreement of last spring remained in force",
    "access for aid had been refused at the {feature}", "it would not recognise the result of the vote",
)  # fmt: skip
TIMES = ("in the morning", "shortly after midnight", "around noon", "late in the evening", "over the weekend")

TITLES = (
    "{actor} reports {event} in {region}", "Talks on {tag} in {region} end without agreement",
    "{actor} answers {other} over {tag}", "{region}: {event} near the {feature}",
    "{other} accuses {actor} of delaying talks on {tag}", "What is known of {event} in {region}",
)  # fmt: skip
SENTENCES = (
    "{actor} said {time} that {claim}.",
    "Residents reported {event} near the {feature} in {region}, and {actor} {response}.",
    "According to *{other}*, {claim}; {actor} {response}.",
    "It wasn't clear {time} who had ordered it, and accounts differ -- those of **{actor}** and {other} most of all.",
    "Observers counted {number} vehicles at the {feature} [in their daily report](https://example.org/reports/{number}).",
    "The dispute over {tag} goes back to an agreement that {other} signed and {actor} never ratified.",
    "A spokesperson of {actor} told reporters that \"{claim}\", and {other} {response}.",
    "By the evening the road past the {feature} was open again, though {actor} kept **{number} officers** there.",
    "[A statement](https://example.org/statements/{number}) of {other} said nothing about {event}.",
    "Neither side gave a figure for the damage; local media spoke of {number} houses.",
)  # fmt: skip
HEADINGS = ("What happened", "What each side says", "Reactions", "Background", "What is not known", "What comes next")


def slug(text: str) -> str:
    """`text` as a part of an address."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
