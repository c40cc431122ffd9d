"""The same pages as Sitrep's: also those of years, months and days, a feed of each list, and a sitemap."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from conf import *  # noqa: F403
from conf import DISABLED_PLUGINS

ARCHIVE_PATH = ""
CREATE_FULL_ARCHIVES = CREATE_DAILY_ARCHIVE = True
GENERATE_RSS = True
FEED_LENGTH = 20
DISABLED_PLUGINS = [name for name in DISABLED_PLUGINS if name not in ("classify_archive", "sitemap")]
