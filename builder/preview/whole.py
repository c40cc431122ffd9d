"""The whole: what can only be told of all files of a site together, its manifest."""

from __future__ import annotations

import hashlib

from builder.plan import file_of
from builder.preview.engine import Engine
from builder.preview.search import SearchFiles
from builder.preview.view import View
from builder.publish.manifest import SEARCH_INDEX, manifest


async def whole_manifest(engine: Engine, search: SearchFiles, view: View) -> bytes:
    """The `manifest.json` of a view, for which every page is made: one after the other, so that others aren't kept.

    Raises BrokenTemplate where one can't be, and DamagedCache where pieces are gone.
    """
    files = {file_of(address): _digest(await engine.unkept(view, page)) for address, page in view.pages.items()}
    files |= {file_of(address): _digest(asset.data) for address, asset in view.assets.items()}
    for address, (path, made) in view.media.items():
        files[file_of(address)] = _digest(await engine.piece(made) if made else path.read_bytes())
    for shard in view.plan.shards:
        for name, data in (await search.files(shard)).items():
            files[f"{SEARCH_INDEX}{shard.name}/{name}"] = _digest(data)
    archives, config = view.prepared.archives(), view.config
    return manifest(files, archives, config.language, config.absolute, engine.drafts, view.plan.editions.now)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
