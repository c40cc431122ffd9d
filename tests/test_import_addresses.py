"""What the address of an article tells of it."""

from __future__ import annotations

import pytest
from captures import TEXT, TITLE

from builder.importing.archive_names import ArchiveNames
from builder.importing.home import home_of
from builder.importing.scraped import read_scraped
from builder.importing.tagging import Tagger

STARTER = Tagger(ArchiveNames("en"))
ADDRESS = "https://www.example.org/2022/08/24/kfor"


@pytest.mark.parametrize("line", [ADDRESS, f"Source: {ADDRESS}", f"URL: {ADDRESS}"])
@pytest.mark.parametrize("at_head", [True, False])
def test_an_address_at_either_end_of_a_scraped_text_is_its_address(line: str, *, at_head: bool) -> None:
    article = read_scraped(f"{line}\n{TEXT}" if at_head else f"{TEXT}\n{line}")
    assert (article.url, article.title) == (ADDRESS, TITLE)
    assert not any("example.org" in paragraph for paragraph in article.paragraphs)


def test_an_address_gives_the_year_that_a_text_leaves_out() -> None:
    text = "\n".join((TITLE, "By Mira Example August 24 at 12:22 PM", *TEXT.splitlines()[-6:]))
    article = read_scraped(text, url=ADDRESS)
    assert article.published is not None
    assert article.published.iso[:10] == "2022-08-24"


def test_a_date_in_the_text_that_fits_its_address_goes_before_one_that_does_not() -> None:
    text = TEXT.replace(TITLE, f"{TITLE}\nUpdated 30 August 2022", 1)
    article = read_scraped(text, url=ADDRESS)
    assert article.published is not None
    assert article.published.iso[:10] == "2022-08-24"


@pytest.mark.parametrize(
    ("url", "state"),
    [
        ("https://www.paper.example.ie/a", "IE"),
        ("https://www.paper.co.uk/a", "GB"),
        ("https://www.paper.com.co/a", "CO"),
        ("https://www.start-up.co/a", ""),
        ("https://www.paper.com/a", ""),
        ("https://show.tv/a", ""),
        ("ie", ""),
        ("http://[bad", ""),
    ],
)
def test_the_state_of_an_address_is_that_of_its_domain_unless_anybody_can_have_it(url: str, state: str) -> None:
    assert home_of(url) == state


def test_an_article_that_names_no_state_is_about_the_one_where_it_appeared() -> None:
    text = ("The council has said that two of the houses can't be let, and that the others need new roofs.",)
    assert STARTER.tags("Houses stand empty", "", text, url="https://paper.example.ie/a").regions == ("Ireland",)
    assert STARTER.tags("Houses stand empty", "", text).regions == ()


def test_an_article_about_another_state_stays_about_that() -> None:
    text = ("Shells hit Kharkiv on Monday, and Ukraine's air force shot down ten drones.",)
    assert STARTER.tags("Shells hit Kharkiv", "", text, url="https://paper.example.ie/a").regions == ("Ukraine",)


@pytest.mark.parametrize("name", ["Air France", "Malaysia Airlines", "British Airways", "the Gulf of Mexico"])
def test_what_is_called_after_a_state_is_not_where_it_happened(name: str) -> None:
    assert STARTER.tags("A flight is late", "", (f"The flight of {name} was two hours late in Oslo.",)).regions == (
        "Norway",
    )


def test_a_minister_of_something_is_a_person_and_not_a_department() -> None:
    text = "El ministro de Defensa Yoav Gallant llegó el lunes. El ministro de Israel, Benjamin Example, también."
    actors = STARTER.tags("Reunión en Tel Aviv", "", (text,)).actors
    assert {"Yoav Gallant", "Benjamin Example"} <= set(actors)
