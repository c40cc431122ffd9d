"""Measures one page of each kind with Lighthouse, and prints a table for docs/pages-checked.md.

    make site
    python scripts/lighthouse.py [ADDRESS…]

Needs Node 18 or newer with npm, which fetches Lighthouse, and Chromium (`scripts/find-chromium`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

from hosting import chromium, hosted

LIGHTHOUSE = "lighthouse@12"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = (
    *("", "2023/09/24/banjska-attack/", "2022/", "2022/08/", "2022/08/17/", "on/11-12/"),
    *("dossiers/", "dossiers/kosovo-serbia/", "regions/", "regions/kosovo/", "actors/", "actors/kfor/"),
    *("sources/", "sources/united-nations/", "tags/", "tags/policing/", "method/"),
    *("map/", "timeline/", "recent/", "corrections/", "coverage/", "coverage/2022/", "codebook/"),
    *("search/", "search/?q=bridge", "data/", "changes/", "fr/", "ar/"),
    *("fr/2022/11/02/pretoria-agreement/", "ar/2023/05/11/jeddah-declaration/"),
)


def report(url: str, browser: str) -> dict[str, object]:
    """What Lighthouse finds at an address, as its own JSON. Raises CalledProcessError where it can't."""
    command = ["npx", "--yes", LIGHTHOUSE, url, "--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}"]
    flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
    env = {**os.environ, "CHROME_PATH": browser}
    ran = subprocess.run([*command, flags], env=env, capture_output=True, check=True)  # noqa: S603
    return json.loads(ran.stdout)


def main() -> int:
    """Prints a row for each page; 1 where a score is below 100."""
    browser = chromium()
    print("| page | performance | accessibility | best practices | SEO | shift | transferred |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    is_perfect = True
    with hosted() as host:
        for address in sys.argv[1:] or PAGES:
            found: dict = report(host + address, browser)
            scores = [round(found["categories"][name]["score"] * 100) for name in CATEGORIES]
            shift = found["audits"]["cumulative-layout-shift"]["numericValue"]
            weight = found["audits"]["total-byte-weight"]["numericValue"] / 1000
            row = [f"`/{address}`", *map(str, scores), f"{shift:.3f}", f"{weight:.0f} KB"]
            print(f"| {' | '.join(row)} |", flush=True)
            is_perfect &= min(scores) == 100
            for audit in found["audits"].values():
                if audit["score"] is not None and audit["score"] < 0.9:
                    print(f"/{address}: {audit['title']}", file=sys.stderr)
    return 0 if is_perfect else 1


if __name__ == "__main__":
    sys.exit(main())
