"""Nikola's settings for the corpus: briefings, the lists of each term, their indexes, home. No more."""

BLOG_TITLE = "Benchmark"
BLOG_AUTHOR = BLOG_EMAIL = BLOG_DESCRIPTION = ""
SITE_URL = "https://example.org/"
DEFAULT_LANG = "en"
TRANSLATIONS = {DEFAULT_LANG: ""}
TIMEZONE = "UTC"
THEME = "bare"
NAVIGATION_LINKS: dict[str, tuple[tuple[str, str], ...]] = {DEFAULT_LANG: ()}
POSTS = (("content/*.md", "", "post.tmpl"),)
PAGES = (("pages/*.md", "", "page.tmpl"),)
COMPILERS = {"markdown": [".md"]}
# What Nikola comes with but for code highlighting, which would only cost.
MARKDOWN_EXTENSIONS = ["markdown.extensions.extra"]

CATEGORY_PATH, CATEGORY_PREFIX, CATEGORY_PAGES_ARE_INDEXES = "regions", "", True
AUTHOR_PATH, AUTHOR_PAGES_ARE_INDEXES, MULTIPLE_AUTHORS_PER_POST = "actors", True, True
TAG_PATH, TAG_PAGES_ARE_INDEXES = "tags", True
INDEX_DISPLAY_POST_COUNT = 25

GENERATE_RSS = GENERATE_ATOM = False
COPY_SOURCES = False
# What the corpus has no use for, and the pages that only `same.py` makes.
DISABLED_PLUGINS = [
    *("copy_assets", "copy_files", "create_bundles", "gzip", "redirect", "render_galleries", "render_listings"),
    *("robots", "scale_images", "classify_indexes", "classify_page_index"),
    *("classify_archive", "sitemap"),
]
