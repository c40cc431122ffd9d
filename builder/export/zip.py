"""A ZIP of the site: unpacked, or on a stick, it is read by opening its `index.html`."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

from builder.export.offline import offline_page
from builder.export.site import BuiltSite
from builder.hosting import FOR_HOSTS
from builder.publish.manifest import MANIFEST, manifest_with

_ALREADY_SMALL = (".br", ".gz", ".jpeg", ".jpg", ".pdf", ".png", ".webp", ".woff2", ".zip")
_NO_DAY = (1980, 1, 1, 0, 0, 0)  # the same content makes the same file on any day


def write_zip(site: BuiltSite, target: Path, base_path: str) -> int:
    """Writes the site as a ZIP to `target`, all in a folder of its name; how many files.

    Its manifest is of these files. `base_path` is the site's path at its host. Raises OSError where it can't be
    written.
    """
    folder = target.stem
    made: dict[str, str] = {}
    new = target.with_name(f"{target.name}.new")
    try:
        with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, data in site.contents():
                if path in FOR_HOSTS:
                    continue
                if path.endswith(".html"):
                    data = offline_page(data.decode("utf-8"), path, base_path).encode()
                made[path] = hashlib.sha256(data).hexdigest()
                _add(archive, f"{folder}/{path}", data)
            _add(archive, f"{folder}/{MANIFEST}", manifest_with(site.manifest, made))
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)
    return len(made) + 1


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _NO_DAY)
    entry.create_system = 3  # Unix, wherever it is made
    entry.external_attr = 0o100644 << 16
    entry.compress_type = zipfile.ZIP_STORED if name.lower().endswith(_ALREADY_SMALL) else zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)
