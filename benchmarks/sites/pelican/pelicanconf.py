"""Pelican's settings for the corpus: briefings, the lists of each term, their indexes, home. No more."""

SITENAME = "Benchmark"
SITEURL = ""
PATH = "content"
ARTICLE_PATHS = ["."]
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
PLUGINS: list[str] = []
THEME = "theme"
THEME_STATIC_PATHS: list[str] = []
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
# What Pelican comes with but for code highlighting, which would only cost.
MARKDOWN = {"extensions": ["markdown.extensions.extra", "markdown.extensions.meta"], "output_format": "html5"}
FORMATTED_FIELDS: list[str] = []

ARTICLE_URL = "{date:%Y}/{date:%m}/{date:%d}/{slug}/"
ARTICLE_SAVE_AS = f"{ARTICLE_URL}index.html"
CATEGORY_URL, CATEGORY_SAVE_AS = "regions/{slug}/", "regions/{slug}/index.html"
AUTHOR_URL, AUTHOR_SAVE_AS = "actors/{slug}/", "actors/{slug}/index.html"
TAG_URL, TAG_SAVE_AS = "tags/{slug}/", "tags/{slug}/index.html"
DIRECT_TEMPLATES = ["index", "categories", "authors", "tags"]
CATEGORIES_SAVE_AS = "regions/index.html"
AUTHORS_SAVE_AS = "actors/index.html"
TAGS_SAVE_AS = "tags/index.html"
ARCHIVES_SAVE_AS = ""

PAGINATED_TEMPLATES = {"category": 25, "author": 25, "tag": 25}
PAGINATION_PATTERNS = (
    (1, "{base_name}/", "{base_name}/index.html"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)

FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
