"""Makes the pictures of the README in docs/pictures/, of the finished site in output/.

    make site
    python scripts/pictures.py

Needs what the tests need (`make .venv/.test`), and Chromium (`scripts/find-chromium`).
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

from hosting import chromium, hosted
from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).parents[1] / "docs/pictures"
WIDE = {"width": 1200, "height": 860}
NARROW = {"width": 390, "height": 860}


@dataclass(frozen=True)
class Picture:
    """A window on a page: what the file is called, the address, the window's size and colours, and what is on top."""

    name: str
    address: str
    size: dict[str, int]
    scheme: str = "light"
    top: str = "body"


SHOWN = (
    Picture("home", "", WIDE),
    Picture("briefing", "2023/09/24/banjska-attack/", WIDE),
    Picture("dossier-dark", "dossiers/kosovo-serbia/", WIDE, "dark", "[aria-labelledby=_trends]"),
    Picture("map", "map/", WIDE),
    Picture("briefing-narrow", "2023/09/24/banjska-attack/", NARROW),
    Picture("briefing-narrow-dark", "2023/09/24/banjska-attack/", NARROW, "dark"),
    Picture("arabic-narrow", "ar/2023/05/11/jeddah-declaration/", NARROW),
)

# Chromium writes WebP from a canvas: a quarter of the PNG that a screenshot is.
TO_WEBP = """async source => {
  const picture = new Image();
  picture.src = source;
  await picture.decode();
  const canvas = Object.assign(document.createElement("canvas"), {width: picture.width, height: picture.height});
  canvas.getContext("2d").drawImage(picture, 0, 0);
  return canvas.toDataURL("image/webp", 0.82).split(",")[1];
}"""


def shot(browser: Browser, host: str, picture: Picture) -> bytes:
    """A screenshot, as PNG."""
    context = browser.new_context(viewport=picture.size, color_scheme=picture.scheme, device_scale_factor=1)
    page = context.new_page()
    page.goto(host)  # so that the fonts are there
    page.goto(host + picture.address)
    page.wait_for_load_state("networkidle")
    page.evaluate("top => document.querySelector(top).scrollIntoView()", picture.top)
    data = page.screenshot()
    context.close()
    return data


def as_webp(page: Page, png: bytes) -> bytes:
    """The same picture as WebP."""
    source = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    return base64.b64decode(page.evaluate(TO_WEBP, source))


def main() -> None:
    """Makes every picture."""
    PICTURES.mkdir(exist_ok=True)
    with hosted() as host, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        canvas = browser.new_page()
        for picture in SHOWN:
            file = PICTURES / f"{picture.name}.webp"
            file.write_bytes(as_webp(canvas, shot(browser, host, picture)))
            print(f"{file.name}: {file.stat().st_size / 1000:.0f} KB")
        browser.close()


if __name__ == "__main__":
    main()
