"""Where, who and when, told from words. The sentences were written for these tests."""

from __future__ import annotations

import pytest

from builder.dates import parse_moment
from builder.importing.archive_names import ActorName, ArchiveNames, RegionName
from builder.importing.bylines import clean_authors
from builder.importing.days import dates_in
from builder.importing.happened import when_happened
from builder.importing.headline import choose_headline
from builder.importing.language import language_of
from builder.importing.people import people_of
from builder.importing.tagging import Tagger

STARTER = Tagger(ArchiveNames("en"))


def regions(title: str, *paragraphs: str, tagger: Tagger = STARTER) -> tuple[str, ...]:
    return tagger.tags(title, "", paragraphs).regions


# Where


@pytest.mark.parametrize(
    ("title", "text", "region"),
    [
        ("Shells hit Kharkiv", "Russia fired at Kharkiv on Monday. Ukraine's air force shot down ten.", "Ukraine"),
        ("Talks in Kinshasa", "Officials met in Kinshasa and later in Goma in eastern Congo.", "DR Congo"),
        ("A strike in Niamey", "Workers in Niger stopped work in Niamey. Nigeria sent an envoy.", "Niger"),
        ("Juba signs a truce", "South Sudan signed a truce in Juba. Sudan had sent a mediator.", "South Sudan"),
        ("Seoul cancels a drill", "South Korea cancelled a drill after North Korea had protested.", "South Korea"),
        ("Manifestations à Bamako", "La police malienne a dispersé des manifestants à Bamako, au Mali.", "Mali"),
        ("Iranische Kräfte", "Iranische Sicherheitskräfte haben in Teheran eine Kundgebung aufgelöst.", "Iran"),
        ("Reunión en Bogotá", "Las fuerzas colombianas anunciaron un alto el fuego en Bogotá.", "Colombia"),
        ("Переговоры в Ереване", "Армянские дипломаты встретились в Ереване. Армения ждёт ответа.", "Armenia"),
        ("محادثات في دمشق", "قالت الحكومة السورية إن محادثات جرت في دمشق، عاصمة سوريا.", "Syria"),
        ("Взрыв в Белгороде", "В Белгороде прогремел взрыв, сообщил Владимир Николаев.", "Russia"),
        ("Вибухи у Харкові", "У Харкові та під Маріуполем пролунали вибухи, повідомив Володимир.", "Ukraine"),
        ("Sastanak u Prištini", "Izaslanik je razgovarao u Prištini o mostu na Ibru.", "Kosovo"),
        ("Protest u Beogradu", "Desetine hiljada ljudi okupile su se u Beogradu.", "Serbia"),
        ("Протест у Београду", "У Београду је протест одржан, јављају медији.", "Serbia"),
        ("Protest w Gruzji", "W Gruzji zatrzymano dwie osoby.", "Georgia"),
        ("انفجار في مدينة حلب", "وقع انفجار في مدينة حلب السورية وأصيب أربعة.", "Syria"),
        ("双方在喀布尔会谈", "阿富汗代表团在喀布尔举行会谈。", "Afghanistan"),
    ],
)  # fmt: skip
def test_the_state_that_an_article_is_about_comes_first(title: str, text: str, region: str) -> None:
    assert regions(title, text)[0] == region


def test_a_saints_name_that_goes_on_is_another_place() -> None:
    text = "El ataque ocurrió en la hacienda San José del Carmen, en el estado mexicano de Guanajuato."
    assert regions("Once muertos", text) == ("Mexico",)


@pytest.mark.parametrize(
    "text",
    ["قال سالم إن المدينة القديمة في الميدان.", "Владимир Иванов и Николаев ждали.", "They sang indie, Indie songs."],
)
def test_persons_and_common_words_are_no_places(text: str) -> None:
    assert regions("A song", text) == ()


def test_where_a_reporter_sat_is_not_where_it_happened() -> None:
    assert regions(
        "Truce holds in Yemen", "LONDON, May 3 (Agency) — The truce in Yemen held, the United Nations said."
    ) == ("Yemen",)


def test_a_town_that_needs_its_state_beside_it_is_where_it_happened() -> None:
    text = "BRILLION, Wis. (WXYZ) -- Firemen came to a barn outside of Athens."
    assert regions("Barn burns down", text, "They found a horse alive.")[0] == "United States"
    assert regions("Truce in Yemen", "WASHINGTON, D.C. -- The truce in Yemen held, the office said.")[0] == "Yemen"


def test_times_of_american_zones_tell_where_no_state_is_named() -> None:
    text = "Doors open at 7 a.m. CT on Saturday, and close at 11:30 p.m. CDT, the organisers said."
    assert regions("Prices drop for the fair", text) == ("United States",)
    assert regions("Prices drop for the fair", f"{text} The band is from Norway.") == ("Norway",)


@pytest.mark.parametrize(
    "text",
    [
        "A grenade exploded. A letter that was found serves as evidence of a malaise that spans years.",
        "Grenade attack: rocket-propelled grenades, fuel servers and canisters of butane were found at the camp.",
        "Metro trains stopped. Rest houses were closed. The Duma said that it would pay in francs.",
        "Cela suffit : libérer les otages, a dit le maire, et il a libéré deux hommes contre un chèque.",
        "El Coronel dijo que la Resistencia no tiene nada. Nada se sabe del cheque.",
    ],
)  # fmt: skip
def test_a_common_word_that_looks_like_a_place_is_none(text: str) -> None:
    assert regions("Two wounded", text) == ()


@pytest.mark.parametrize(
    "office",
    ["secretary of state", "Chief of Staff", "minister of", "president", "Vizepräsident", "ministro de Israel,"],
)
def test_an_office_before_a_name_is_seen(office: str) -> None:
    assert people_of("", [f"On Monday, {office} Jane Example came."], set())[0].score >= 2.0


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Officials in Georgia said so. Tbilisi has asked Armenia and Russia for talks.", "Georgia"),
        ("A court in Georgia ruled so. A Republican in the U.S. Senate, from Atlanta, agreed.", "United States"),
        ("Soldiers in Congo left Brazzaville.", "Republic of the Congo"),
        ("Korea said so in Pyongyang.", "North Korea"),
    ],
)  # fmt: skip
def test_a_name_of_several_states_is_told_from_the_others(text: str, region: str) -> None:
    assert regions("News", text)[0] == region


@pytest.mark.parametrize("word", ["Congo", "Korea"])
def test_a_name_of_several_states_without_context_is_told_and_not_guessed(word: str) -> None:
    tags = STARTER.tags("News", "", [f"Rain fell in {word} for three days."])
    assert tags.unclear == (word,)
    assert tags.regions == ()


@pytest.mark.parametrize(
    "text", ["Michael Jordan spoke first.", "Chad Smith spoke first.", "Paris Hilton spoke first."]
)
def test_a_persons_name_is_no_place(text: str) -> None:
    assert regions("A speech", text) == ()


def test_records_come_first_by_any_alias_in_any_script() -> None:
    names = ArchiveNames(
        "en", regions=(RegionName("Tigray", "", ("Tigray", "ትግራይ")), RegionName("Türkiye", "TR", ("Türkiye",)))
    )
    tagger = Tagger(names)
    assert regions("Aid reaches Tigray", "Trucks arrived in Tigray.", tagger=tagger) == ("Tigray",)
    assert regions("ትግራይ", "ትግራይ ውስጥ", tagger=tagger) == ("Tigray",)
    assert regions("Talks in Ankara", "Turkey spoke in Ankara.", tagger=tagger) == ("Türkiye",)


# Who


def actors(*paragraphs: str, title: str = "News", tagger: Tagger = STARTER) -> set[str]:
    return set(tagger.tags(title, "", paragraphs).actors)


def test_who_acts_is_an_actor_and_who_is_named_in_passing_is_not() -> None:
    text = "Serbia condemned the law on Monday. The war in Ukraine and trade with China were not spoken of."
    assert actors(text, "Belgrade said that it would reply.") == {"Serbia"}


def test_a_state_that_acts_is_its_government_where_there_is_a_record() -> None:
    names = ArchiveNames(
        "en", actors=(ActorName("Government of Serbia", "government", "RS", ("Government of Serbia", "Belgrade")),)
    )
    assert actors("Serbia condemned the law. Belgrade said that it would reply.", tagger=Tagger(names)) == {
        "Government of Serbia"
    }


def test_an_office_before_a_name_makes_a_person() -> None:
    found = STARTER.tags(
        "News", "", ["NATO Secretary General Anna Example told reporters so. Example left on Tuesday."]
    )
    assert "Anna Example" in found.actors
    assert [(one.name, one.kind) for one in found.proposals] == [("Anna Example", "person")]


def test_an_organisation_that_no_list_has_is_told_by_what_it_is_called() -> None:
    text = "The Rudare Bridge Authority said on Monday that the Rudare Bridge Authority would not pay. Rain fell."
    assert "Rudare Bridge Authority" in actors(text)


def test_the_longest_name_wins() -> None:
    assert actors("The UN Security Council met and condemned the attack.") == {"UN Security Council"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Lebanese Red Cross said so. The Red Cross said that it had sent ambulances.", {"Lebanese Red Cross"}),
        ("The Red Cross said that it had visited prisoners in Lebanon.", {"ICRC"}),
        ("The German Red Cross said so, and the ICRC said that it agreed.", {"German Red Cross", "ICRC"}),
        ("The Sudanese Red Crescent said that two of its crews were hurt.", {"Sudanese Red Crescent"}),
        ("The Palestine Red Crescent Society said so.", {"Palestinian Red Crescent Society"}),
        ("La Croix-Rouge libanaise a dit cela. La Croix-Rouge libanaise a aidé.", {"Croix-Rouge libanaise"}),
        ("قال الصليب الأحمر اللبناني ذلك. وقال الصليب الأحمر اللبناني", {"الصليب الأحمر اللبناني"}),
        ("In Sudan Red Cross workers fled. The Red Cross said so.", {"ICRC"}),
        ("French NATO soldiers came. NATO said that they would stay.", {"NATO"}),
        ("Chadian Boko Haram fighters came. Boko Haram said so.", {"Boko Haram"}),
    ],
)
def test_an_organisation_of_one_state_is_not_the_one_whose_name_it_holds(text: str, names: set[str]) -> None:
    states = {"Lebanon", "Germany", "Sudan", "France", "Chad", "Palestine"}
    assert actors(text) - states == names


def test_a_state_before_the_alias_of_a_record_makes_it_anothers() -> None:
    name = ActorName("Kosovo Police", "police", "XK", ("Kosovo Police", "Police"))
    tagger = Tagger(ArchiveNames("en", actors=(name,)))
    assert "Kosovo Police" not in actors("The Serbian Police said that they had closed the road.", tagger=tagger)
    assert "Kosovo Police" in actors("The Kosovan Police said so. The Police said that roads are open.", tagger=tagger)


@pytest.mark.parametrize(
    "text",
    [
        "На Крымском мосту в субботу взорвался грузовик, сообщил комитет.",
        "Irak’ın Duhok kentinde sekiz kişi öldü.",
        "Shells fell on Sloviansk, Ukraine, on Thursday, the governor said.",
        "The missile fell into the Pacific, the chief secretary said.",
    ],
)
def test_places_and_first_words_are_no_persons(text: str) -> None:
    assert actors(text) == set()


def test_what_a_state_has_is_not_what_another_calls_so() -> None:
    assert actors("Peru’s Congress voted to remove him.", title="Congress votes") == {"Peru’s Congress"}
    assert "US Congress" in actors("Congress voted for the aid, and US Congress leaders met.")
    president = "Predsednik Srbije Aleksandar Vučić izjavio je da je vojska spremna."
    assert actors(president) == {"Aleksandar Vučić"}


def test_an_arabic_adjective_is_told_behind_its_article() -> None:
    assert regions("خبر", "قال الرئيس اللبناني إن الجيش اللبناني انتشر.") == ("Lebanon",)
    assert regions("خبر", "قالت الحكومة الباكستانية إنها سترد.") == ("Pakistan",)


def test_other_names_of_an_actor_are_the_actor() -> None:
    names = ArchiveNames(
        "en", actors=(ActorName("Ansar Allah", "armed group", "YE", ("Ansar Allah", "Houthi movement")),)
    )
    assert "Ansar Allah" in actors("The Houthis fired on a ship, the Houthi movement said.", tagger=Tagger(names))


# When


@pytest.mark.parametrize(
    ("text", "day", "is_said"),
    [
        ("They met on Wednesday.", "2022-08-17", True),
        ("They met on Monday and left.", "2022-08-15", True),
        ("They met yesterday.", "2022-08-16", True),
        ("The call on August 3 was short.", "2022-08-03", True),
        ("The call on 3 August 2022 was short.", "2022-08-03", True),
        ("They will meet on Thursday.", "2022-08-17", False),
        ("They met.", "2022-08-17", False),
    ],
)
def test_an_event_is_dated_relative_to_the_publication(text: str, day: str, is_said: bool) -> None:
    when, sure, said = when_happened(parse_moment("2022-08-17T14:09"), [text], "en")
    assert (when.iso, said) == (day, is_said)
    assert 0 < sure < 1


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [  # it appeared on a Wednesday
        ("de", "Sie wurden am Montagabend verletzt, hieß es hier.", "2022-08-15"),
        ("nl", "Zij raakten maandagavond gewond.", "2022-08-15"),
        ("fr", "Trois civils ont été tués samedi, ma foi.", "2022-08-13"),
        ("fr-FR", "C’était hier à Gao.", "2022-08-16"),
        ("pt", "Morreram na sexta-feira em Bissau.", "2022-08-12"),
        ("pt-BR", "Morreram nesta segunda (15) em Belém.", "2022-08-15"),
        ("pl", "Zginęli w sobotę pod Krakowem.", "2022-08-13"),
        ("cs", "Zahynuli v neděli u Prahy.", "2022-08-14"),
        ("hu", "Kedden történt, mondta a miniszter.", "2022-08-16"),
        ("ru", "В субботу обстреляли город.", "2022-08-13"),
        ("uk", "У п’ятницю обстріляли місто.", "2022-08-12"),
        ("sr-Latn", "Pucali su u sredu na patrolu.", "2022-08-17"),
        ("bs", "Пуцали су у недељу на патролу.", "2022-08-14"),
        ("sq", "Ata u takuan të hënën në Prishtinë.", "2022-08-15"),
        ("tr", "Salı günü iki asker yaralandı.", "2022-08-16"),
        ("ar", "قتل جنديان يوم الأحد قرب مأرب.", "2022-08-14"),
        ("he", "שני חיילים נפצעו ביום שלישי בצפון.", "2022-08-16"),
        ("fa", "آنها روز یک‌شنبه دیدار کردند.", "2022-08-14"),
        ("zh-Hans", "双方周一在边境交火。", "2022-08-15"),
        ("en", "Troops in Shan State left on Thurs. at night.", "2022-08-11"),
        ("en", "They left the bazar on Tuesday.", "2022-08-16"),
        ("", "They left on Tuesday.", "2022-08-16"),
    ],
)
def test_a_day_is_told_by_the_words_of_the_texts_own_language(language: str, text: str, day: str) -> None:
    when, _, said = when_happened(parse_moment("2022-08-17"), [text], language)
    assert (when.iso, said) == (day, True)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The factory was forced to close on Monday.", "2022-08-15"),
        ("Two men were taken to hospital on Monday.", "2022-08-15"),
        ("A man was shot by police before dawn on Monday.", "2022-08-15"),
        ("The ministers agreed to meet on Friday.", None),
        ("The troops have to leave by Monday.", None),
        ("A rally was held ahead of the vote on Sunday.", None),
        ("Today Newspaper was closed.", None),
        ("They left last Wednesday.", "2022-08-10"),
        ("Nobody was heard of since last Monday.", None),
    ],
)
def test_what_is_announced_has_not_happened(text: str, day: str | None) -> None:
    when, _, said = when_happened(parse_moment("2022-08-17"), [text], "en")
    assert (when.iso if said else None) == day


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2022-08-17", "2022-08-11"),
        ("2022-08-17T05:00Z", "2022-08-11"),
        ("2022-08-17T20:00Z", "2022-08-18"),
        ("2022-08-17T08:00-07:00", "2022-08-18"),
    ],
)
def test_the_next_weekday_is_six_days_ago_unless_it_has_begun_somewhere(published: str, day: str) -> None:
    when, sure, _ = when_happened(parse_moment(published), ["The ship was hit on Thursday off Fiji."], "en")
    assert when.iso == day
    assert sure < 0.6


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("17 Aug, 2022 14:09", "2022-08-17T14:09"),
        ("Aug. 17, 2022 2:09 PM EDT", "2022-08-17T14:09-04:00"),
        ("الأربعاء، 17 آب/أغسطس 2022", "2022-08-17"),
        ("17 de agosto de 2022 14:09 h", "2022-08-17T14:09"),
        ("17. avgust 2022.", "2022-08-17"),
        ("17 августа 2022, 14:09", "2022-08-17T14:09"),
        ("2022年8月17日 14:09", "2022-08-17T14:09"),
        ("١٧ / ٨ / ٢٠٢٢", "2022-08-17"),
        ("Wed, 17 Aug 2022 14:09:11 +0200", "2022-08-17T14:09:11+02:00"),
        ("2022-08-17T14:09:11.123Z", "2022-08-17T14:09:11Z"),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, iso: str) -> None:
    assert [found.moment.iso for found in dates_in(text)] == [iso]


@pytest.mark.parametrize(("language", "day"), [("en-US", "2022-03-04"), ("en-GB", "2022-04-03"), ("de", "2022-04-03")])
def test_only_american_english_puts_the_month_first(language: str, day: str) -> None:
    found = dates_in("3/4/2022", language)
    assert [one.moment.iso for one in found] == [day]
    assert found[0].ambiguous


# Headlines and bylines


@pytest.mark.parametrize(
    ("declared", "headings", "title"),
    [
        (["Bridge closed | Example Post"], ["Bridge closed"], "Bridge closed | Example Post"),
        ([], ["Bridge closed"], "Bridge closed - World - Example Post"),
        (["Bridge closed"], ["Example Post", "Bridge closed"], "Example Post: Bridge closed"),
        (["Bridge closed"], [], "Bridge closed – Example Post"),
        (["Bridge closed"], ["Live: all that happens today"], "Bridge closed | Example Post"),
    ],
)
def test_a_headline_is_what_the_titles_agree_on(declared: list[str], headings: list[str], title: str) -> None:
    assert choose_headline(declared, headings, title, ["Example Post"])[0] == "Bridge closed"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Anna Example and Ben Sample", ("Anna Example", "Ben Sample")),
        ("Von Anna Example, Ben Sample", ("Anna Example", "Ben Sample")),
        ("By ANNA EXAMPLE March 18 at 3:57 PM Follow @anna", ("ANNA EXAMPLE",)),
        ("Anna Example | 3 May 2024", ("Anna Example",)),
        ("Example, Anna", ("Anna Example",)),
        ("EXAMPLE, Anna", ("Anna EXAMPLE",)),
        ("VAN EXAMPLE, Jean-Pierre; SAMPLE, Ben", ("Jean-Pierre VAN EXAMPLE", "Ben SAMPLE")),
        ("REUTERS, Brussels", ()),
        ("BBC, Reuters", ()),
        ("MOSCOW, Ivan", ()),
        ("By Anna Example, Senior Correspondent", ("Anna Example",)),
        ("Share", ()),
        ("Updated 3 May 2024", ()),
    ],
)
def test_bylines_hold_names_and_more(text: str, names: tuple[str, ...]) -> None:
    assert clean_authors([text]) == names


# Languages


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("Predsednik je izjavio u sredu posle sednice da rudnik neće biti otvoren pre kraja godine.", {"sr-Latn"}),
        ("Predsjednik je izjavio u srijedu poslije sjednice da će vrijeme pokazati tko je u pravu.", {"hr", "bs"}),
        ("Председник је изјавио да рудник неће бити отворен пре краја године, јављају медији.", {"sr"}),
    ],
)
def test_serbian_in_latin_letters_is_told_from_its_neighbours(text: str, languages: set[str]) -> None:
    assert language_of(text)[0] in languages
