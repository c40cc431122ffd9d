"""Words: the texts of the interface in a reader's language, by gettext.

English stands in the source; every other language has a catalogue in `builder/locale/`. A theme's catalogues go before
these, and an archive's own before all.
"""

from builder.words.catalogues import Catalogue, catalogues_of, compiled
from builder.words.translations import Words, words_of

__all__ = ["Catalogue", "Words", "catalogues_of", "compiled", "words_of"]
