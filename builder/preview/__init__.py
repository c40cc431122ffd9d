"""The preview: what `sitrep serve` shows is what a build would make, now; what was saved is in the browser at once.

`view` has the archive as it was read last; `ahead` the page of a briefing that was saved since; `press` makes pages of
both; `engine` decides which of them is asked for. `watching` tells what was saved, `serving` and `live` speak with
browsers, `panel` shows what is wrong.
"""

from builder.preview.engine import Update
from builder.preview.serving import Place, serve
from builder.preview.view import Reading

__all__ = ["Place", "Reading", "Update", "serve"]
