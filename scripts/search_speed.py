"""Measures how long the search of a finished site takes in the browser, and prints a table for docs/pages-checked.md.

    python scripts/search_speed.py output/ WORDS…

Each search is made six times; between two of them another, so that nothing is kept.
Needs Chromium (`scripts/find-chromium`).
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from hosting import chromium, hosted
from playwright.sync_api import sync_playwright

TIMES = 6
# Milliseconds until what was found is shown, and until what each filter leaves is counted.
SEARCH = """async words => {
    const form = document.querySelector("form.search");
    const begun = performance.now();
    const until = (watched, options) => new Promise(done => {
        const watch = new MutationObserver(() => { watch.disconnect(); done(performance.now() - begun); });
        watch.observe(watched, options);
    });
    const shown = until(form.querySelector(".cards"), { childList: true });
    const counted = until(form, { attributeFilter: ["data-asked"] });
    form.elements.q.value = words;
    form.requestSubmit();
    return [await shown, await counted];
}"""


def main() -> int:
    """Prints a row for each search."""
    print("| words | found | shown after (s) | counted after (s) |")
    print("| --- | ---: | ---: | ---: |")
    with sync_playwright() as playwright, hosted(Path(sys.argv[1])) as host:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{host}search/")
        page.locator("form.search[data-asked]").wait_for(timeout=60_000)
        for words in sys.argv[2:]:
            times = []
            for _ in range(TIMES):
                page.evaluate(SEARCH, "2013" if not times else "2014")
                times.append(page.evaluate(SEARCH, words))
            shown, counted = (statistics.median(column) / 1000 for column in zip(*times, strict=True))
            found = page.locator("#_found output").inner_text()
            print(f"| {words} | {found} | {shown:.2f} | {counted:.2f} |", flush=True)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
