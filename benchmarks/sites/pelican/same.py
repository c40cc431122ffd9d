"""The same pages as Sitrep's: also those of years, months and days, a feed of each list, and a sitemap."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pelicanconf import *  # noqa: F403
from pelicanconf import DIRECT_TEMPLATES

YEAR_ARCHIVE_URL, YEAR_ARCHIVE_SAVE_AS = "{date:%Y}/", "{date:%Y}/index.html"
MONTH_ARCHIVE_URL, MONTH_ARCHIVE_SAVE_AS = "{date:%Y}/{date:%m}/", "{date:%Y}/{date:%m}/index.html"
DAY_ARCHIVE_URL, DAY_ARCHIVE_SAVE_AS = "{date:%Y}/{date:%m}/{date:%d}/", "{date:%Y}/{date:%m}/{date:%d}/index.html"

FEED_DOMAIN = "https://example.org"
FEED_MAX_ITEMS = 20
FEED_ALL_ATOM = "feed.xml"
CATEGORY_FEED_RSS = "regions/{slug}/feed.xml"
AUTHOR_FEED_RSS = "actors/{slug}/feed.xml"
TAG_FEED_RSS = "tags/{slug}/feed.xml"

DIRECT_TEMPLATES = [*DIRECT_TEMPLATES, "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
