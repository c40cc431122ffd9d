"""The starter vocabulary: what an archive without records of its own can know, from CLDR, GeoNames and our own "
"lists."""

from builder.importing.vocabulary.actors import KnownActor, known_actors
from builder.importing.vocabulary.places import PlaceName, by_ending, place_names, state_name

__all__ = ["KnownActor", "PlaceName", "by_ending", "known_actors", "place_names", "state_name"]
