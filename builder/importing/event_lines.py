"""Event lines: an event's type, place and figures as front matter."""

from __future__ import annotations

from collections.abc import Iterator

from builder.importing.event import Event
from builder.model.briefing import Figure
from builder.reading.yaml_text import item_text, scalar_text


def event_lines(event: Event, publisher: str) -> Iterator[str]:
    """The lines of an event's own fields. Who says a figure, where the row doesn't tell, is its `publisher`.

    A figure that nobody says isn't written: the archive has none of these.
    """
    if event.event_type is not None:
        yield f"event_type: {scalar_text(event.event_type)}"
    if (place := event.location) is not None:
        name = item_text(place.name)
        yield f"location: {{name: {name}, lat: {place.lat}, lon: {place.lon}, precision: {place.precision}}}"
    figures = [figure for figure in event.figures if figure.says or publisher]
    if figures:
        yield "figures:"
    for figure in figures:
        yield f"  - what: {scalar_text(figure.what)}"
        yield from _numbers(figure)
        yield f"    says: {scalar_text(figure.says or publisher)}"


def _numbers(figure: Figure) -> Iterator[str]:
    for name in ("value", "low", "high"):
        number = getattr(figure, name)
        if number is not None:
            yield f"    {name}: {number}"
