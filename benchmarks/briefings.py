"""Briefings: invented, the same ones for the same seed anywhere."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from benchmarks import words

SEED = 20220817
FIRST_DAY = date(2013, 1, 1)
DAYS = 3652  # ten years
LAST_DAY = FIRST_DAY + timedelta(DAYS - 1)


@dataclass(frozen=True, slots=True)
class Briefing:
    """What every format says of one briefing, each in its own way."""

    slug: str
    title: str
    day: date
    summary: str
    region: str
    actors: tuple[str, ...]
    tags: tuple[str, ...]
    body: str


def briefings(count: int, seed: int = SEED) -> Iterator[Briefing]:
    """The first `count` briefings of a seed."""
    return (nth_briefing(number, seed) for number in range(count))


def nth_briefing(number: int, seed: int = SEED) -> Briefing:
    """The briefing of that number, counted from 0: it depends on the seed and the number alone."""
    return _briefing(random.Random(f"{seed}:{number}"), number)


class _Choice:
    """A choice among names in which those in front come up more often."""

    def __init__(self, names: tuple[str, ...], evenness: float) -> None:
        """The n-th name weighs 1 / (n + evenness): 0 is Zipf's law, much more is nearly even."""
        self._names = names
        self._weights = list(accumulate(1 / (rank + evenness) for rank in range(1, len(names) + 1)))

    def pick(self, dice: random.Random, count: int = 1) -> tuple[str, ...]:
        """`count` different names."""
        picked: dict[str, None] = {}
        while len(picked) < count:
            picked[dice.choices(self._names, cum_weights=self._weights)[0]] = None
        return tuple(picked)


_REGIONS = _Choice(words.REGIONS, 0)
_ACTORS = _Choice(words.ACTORS, 30)
_TAGS = _Choice(words.TAGS, 15)


def _briefing(dice: random.Random, number: int) -> Briefing:
    region = _REGIONS.pick(dice)[0]
    actors = _ACTORS.pick(dice, dice.randint(2, 4))
    tags = _TAGS.pick(dice, dice.randint(1, 3))

    def sentence(forms: tuple[str, ...]) -> str:
        feature, figure = dice.choice(words.FEATURES), dice.randint(2, 400)
        return dice.choice(forms).format(
            actor=dice.choice(actors),
            other=dice.choice(words.ACTORS),
            region=region,
            tag=dice.choice(tags),
            event=dice.choice(words.EVENTS),
            feature=feature,
            number=figure,
            response=dice.choice(words.RESPONSES),
            claim=dice.choice(words.CLAIMS).format(feature=feature, number=figure),
            time=dice.choice(words.TIMES),
        )

    title = sentence(words.TITLES)
    title = title[0].upper() + title[1:]
    return Briefing(
        slug=f"{words.slug(title)}-{number}",
        title=title,
        day=FIRST_DAY + timedelta(dice.randrange(DAYS)),
        summary=f"{title}; {dice.choice(actors)} {dice.choice(words.RESPONSES)}.",
        region=region,
        actors=actors,
        tags=tags,
        body=_body(dice, sentence),
    )


def _body(dice: random.Random, sentence: Callable[[tuple[str, ...]], str]) -> str:
    """About 3 KB: paragraphs under two headings, a list, and a table in every tenth."""

    def paragraph() -> str:
        return " ".join(sentence(words.SENTENCES) for _ in range(dice.randint(2, 4)))

    first, second = dice.sample(words.HEADINGS, 2)
    items = [f"- **{dice.choice(words.REGIONS)}**: {sentence(words.SENTENCES)}" for _ in range(dice.randint(3, 5))]
    blocks = [paragraph(), paragraph(), f"## {first}", paragraph(), "\n".join(items), paragraph()]
    blocks += [f"## {second}", paragraph()]
    if dice.random() < 0.1:
        rows = [
            f"| {dice.choice(words.ACTORS)} | {dice.randint(2, 400)} | {dice.choice(words.TIMES)} |" for _ in range(4)
        ]
        blocks.append("\n".join(["| Who says | How many | When |", "| --- | --- | --- |", *rows]))
    blocks.append(paragraph())
    return "\n\n".join(blocks) + "\n"
