"""The cache in `.sitrep/`: what earlier builds found out, each under a key of all that it was found out from.

It is data, never code, and always safe to delete: one that is damaged, or of another version or machine, costs time.
"""

from builder.cache.database import DamagedCache
from builder.cache.fingerprint import fingerprint, program_fingerprint
from builder.cache.folder import CACHE_FOLDER, discard, open_cache
from builder.cache.history import History, MadeFrom, Told
from builder.cache.ledger import Ledger
from builder.cache.pieces import Pieces
from builder.cache.stats import NO_STAT, Stat, is_left, is_rested, stat_of

__all__ = [
    "CACHE_FOLDER",
    "NO_STAT",
    "DamagedCache",
    "History",
    "Ledger",
    "MadeFrom",
    "Pieces",
    "Stat",
    "Told",
    "discard",
    "fingerprint",
    "is_left",
    "is_rested",
    "open_cache",
    "program_fingerprint",
    "stat_of",
]
