"""Settings: sitrep.toml is read whole, and nothing in it is passed over."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.config import Config, find_root, parse_config, read_config
from builder.faults import ArchiveError


def _errors(text):
    _, faults = parse_config(text)
    assert all(fault.severity == "error" and fault.path == "sitrep.toml" for fault in faults)
    return faults


def test_a_title_is_all_that_an_archive_must_say():
    config, faults = parse_config('title = "A"')

    assert not faults
    assert config == Config(title="A")


def test_every_setting_can_be_given():
    config, faults = parse_config(
        """
title = "Kosovo & Serbia"
base_url = "https://briefings.example.org/kosovo/"
description = "Short."
language = "sr-Latn"
timezone = "Europe/Belgrade"
per_page = 30
licence = "CC BY 4.0"
contact = "a@b.c"

[theme]
name = "own"
accent = "#123456"
[feeds]
entries = 5
[markdown]
typographer = false
[check]
off = ["inferred", "future-date"]
"""
    )

    assert not faults
    assert (config.absolute, config.base_path) == ("https://briefings.example.org/kosovo", "/kosovo")
    assert config.theme.name.name == "own"
    assert {name: option.value for name, option in config.theme.options.items()} == {"accent": "#123456"}
    assert (config.feeds.entries, config.markdown.typographer) == (5, False)
    assert config.check.off == ("inferred", "future-date")
    assert str(config.zone) == "Europe/Belgrade"


def test_a_theme_may_be_a_name_or_a_table():
    as_name, _ = parse_config('title = "A"\ntheme = "own"')
    as_table, _ = parse_config('title = "A"\ntheme = {name = "own"}')

    assert as_name == as_table


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('title = "A"\n\nlangauge = "en"', 3, '"language"'),
        ('title = "A"\n[feed]\nentries = 3', 2, '"feeds"'),
        ('title = "A"\n[feeds]\n\nentrys = 3', 4, '"entries"'),
        ('title = "A"\nfeeds.entrys = 3', 2, '"entries"'),
        ('title = "A"\nfeeds."entrys" = 3', 2, '"entries"'),
        ('title = "A"\n"markdwon" = 3', 2, '"markdown"'),
        ('title = "A"\nfeeds = {entrys = 3}', 2, '"entries"'),
        ('titel = "A"', 1, "title"),
        ('title = "A"\ndescription = """\nlicense = 1\n"""\n\nlicense = "CC"', 6, '"licence"'),
        ("title = 'A'\ndescription = '''\n[feeds]\nentries = 1\n'''\n[feeds]\nentries = 0", 7, "from 1 to 200"),
        ('title = "A\u2028B\u0085C"\nlangauge = "en"', 2, '"language"'),
        ('title = "A" # per_page = 1\n# per_page = 2\nper_page = 0', 3, "from 1 to 200"),
    ],
)
def test_a_setting_that_nobody_reads_is_one_error_in_its_line_that_names_the_nearest(text, line, says):
    faults = _errors(text)

    assert [fault.line for fault in faults] == [line]
    assert says in faults[0].message


@pytest.mark.parametrize(
    ("setting", "field", "says"),
    [
        ("per_page = 0", "per_page", "from 1 to 200"),
        ("per_page = 201", "per_page", "from 1 to 200"),
        ("per_page = 2.5", "per_page", "whole number"),
        ('per_page = "20"', "per_page", "without"),
        ("per_page = true", "per_page", "number"),
        ("per_page = inf", "per_page", "number"),
        ("description = [1]", "description", "one text"),
        ('timezone = "Belgrade"', "timezone", "Europe/Belgrade"),
        ('timezone = "../../etc/passwd"', "timezone", "no time zone"),
        ('timezone = "Europe"', "timezone", "no time zone"),
        ('language = "english language"', "language", "BCP 47"),
        ('base_url = "example.org"', "base_url", "https://example.org"),
        ('base_url = "ftp://example.org/"', "base_url", "https://example.org"),
        ('base_url = "https://example.org/?page=1"', "base_url", "https://example.org"),
        ('base_url = "https://exam ple.org/"', "base_url", "https://example.org"),
        ('base_url = "https://[x/"', "base_url", "https://example.org"),
        ('base_url = "javascript://x/%0aalert(1)"', "base_url", "https://example.org"),
        ("markdown = {typographer = 'yes'}", "markdown.typographer", "true or false"),
        ("feeds = 3", "feeds", "entries"),
        ('check = {off = ["inferrred"]}', "check", '"inferred"'),
        ('check = {off = ["repeated-id"]}', "check", "repeated-id"),
    ],
)
def test_a_setting_that_cannot_be_is_one_error_in_its_line(setting, field, says):
    faults = _errors(f'title = "A"\n\n{setting}\n')

    assert [(fault.line, fault.field) for fault in faults] == [(3, field)]
    assert says in faults[0].message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("title = ", 1),
        ('title = "A"\nlanguage = en', 2),
        ('title = "A"\ntitle = "B"', 2),
        ('title = "A"\n[feeds]\nentries = 3\n[feeds]', 4),
        ('title = "A"\nper_page = 007', 2),
        ('title = "A"\ndescription = "one\ntwo"', 2),
        ("title: A", 1),
        ("---\ntitle: A\n---", 1),
    ],
)
def test_what_is_not_toml_is_one_error_in_its_line(text, line):
    faults = _errors(text)

    assert [(fault.line, fault.code) for fault in faults] == [(line, "toml")]
    assert "\n" not in faults[0].message


@pytest.mark.parametrize("number", ["9" * 5000, "-" + "9" * 5000, "0x" + "f" * 5000, "1e999"])
def test_a_number_beyond_all_measure_is_an_error_like_others(number):
    assert len(_errors(f'title = "A"\nper_page = {number}')) == 1


@pytest.mark.parametrize("title", ['""', '"  "'])
def test_an_archive_without_words_in_its_title_has_none(title):
    assert [(fault.line, fault.field) for fault in _errors(f"\ntitle = {title}")] == [(2, "title")]


@pytest.mark.parametrize("text", ["", 'titel = "A"', 'title = "A"\nfeeds = 3', 'title = "A"\ntheme = ["own"]'])
def test_the_way_out_of_a_fault_in_settings_is_toml(text):
    assert ": …" not in "".join(fault.message for fault in _errors(text))


def test_all_wrong_settings_are_told_at_once():
    faults = _errors('langauge = "en"\nper_page = 0\ntimezone = "x"\n[feeds]\nentries = 0\n[chek]\noff = []')

    assert sorted(fault.line for fault in faults if fault.field != "title") == [1, 2, 3, 5, 6]
    assert [fault.field for fault in faults].count("title") == 1


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from([
            'title = "A"', "title = 3", "[feeds]", "[[feeds]]", "entries = 3", "theme = [1]", "[theme]", "[theme.x]",
            "x = {}", 'language = ""', "timezone = 2022-01-01", "per_page = 1979-05-27T07:32:00Z", "check.off = 3",
            'check.off = [["a"]]', '"" = 1', '"a.b" = 2', "base_url = ''", "markdown = []", 'name = "y"', "a.b.c = 1",
            "feeds.entries.x = 1", "= 3", "check.off = [{a = 1}]", "theme = {name = 3, options = 4}", 'd = """',
            "per_page = nan", "title.x = 1",
        ]),
        max_size=6,
    ).map("\n".join)
)  # fmt: skip
def test_no_settings_break_the_reader_and_each_fault_lies_in_the_file(text):
    config, faults = parse_config(text)

    assert config is not None or faults
    for fault in faults:
        assert 1 <= fault.line <= text.count("\n") + 1
        assert "\n" not in str(fault)


def test_settings_are_read_with_a_byte_order_mark_and_any_line_ends(archive):
    (archive.root / "sitrep.toml").write_bytes(b'\xef\xbb\xbftitle = "A"\r\n\r\nper_page = 7\r\n')

    assert read_config(archive.root) == Config(title="A", per_page=7)


def test_wrong_settings_stop_the_command_with_all_their_faults(archive):
    archive.config("a = 1\nb = 2")

    with pytest.raises(ArchiveError) as stopped:
        read_config(archive.root)

    assert [fault.line for fault in stopped.value.faults] == [2, 3]


def test_an_archive_is_found_from_any_folder_in_it(archive):
    inside = archive.root / "content" / "briefings" / "2022"
    inside.mkdir(parents=True)

    assert find_root(inside) == find_root(archive.root) == archive.root.resolve()
    assert find_root(archive.root.parent) is None


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('type = "s3"', 'bucket: is missing; a target of type "s3" needs it'),
        ('type = "ftp"', 'type: there is no "ftp" here (one of: folder, git, rsync, s3)'),
        ('type = "s3"\nbucket = "a"\nsecret_key = "x"', 'secret_key: there is no field "secret_key" here'),
        ('type = "folder"\npath = "a"\nbranch = "b"', 'branch: means nothing to a target of type "folder"'),
        ('type = "folder"\npath = "-rf"', 'path: "-rf" begins with a dash, which programs take for an option'),
        ('type = "rsync"\nto = "-oProxyCommand=x:y"', 'to: "-oProxyCommand=x:y" begins with a dash'),
        ('type = "rsync"\nto = "ann@-oProxyCommand=x:y"', 'to: "ann@-oProxyCommand=x:y" is no destination'),
        ('type = "git"\nremote = "ext::sh -c x"\nbranch = "b"', 'remote: "ext::sh -c x" names a program to run'),
        ('type = "git"\nremote = "ssh://-oX/y"\nbranch = "b"', 'remote: "ssh://-oX/y" names a host that begins with'),
        ('type = "git"\nremote = "a"\nbranch = "b..c"', 'branch: "b..c" is no name of a branch'),
        ('type = "s3"\nbucket = "a"\nprefix = "../b"', 'prefix: "../b" is no folder in a bucket'),
    ],
)  # fmt: skip
def test_a_target_that_can_not_be_is_an_error_with_its_line(table, message):
    (fault,) = _errors(f'title = "A"\n[deploy.host]\n{table}\n')

    assert str(fault).startswith("sitrep.toml:") and f"deploy.host.{message}" in str(fault)


@pytest.mark.parametrize(
    "table",
    [
        'type = "git"\nremote = "https://ann:hunter2@git.example.org/a.git"\nbranch = "b"',
        'type = "git"\nremote = "https://a-token@git.example.org/a.git"\nbranch = "b"',
        'type = "s3"\nbucket = "a"\nendpoint_url = "https://key:hunter2@s3.example.org"',
        'type = "rsync"\nto = "rsync://ann:hunter2@host.example.org/site"',
    ],
)
def test_a_password_in_a_targets_address_is_an_error_that_does_not_repeat_it(table):
    (fault,) = _errors(f'title = "A"\n[deploy.host]\n{table}\n')

    assert "holds a password or token" in fault.message
    assert "hunter2" not in fault.message and "a-token" not in fault.message


@pytest.mark.parametrize(
    "to",
    ["../there", "/srv/www", "host:www", "ann@host.example.org:/srv/www", "[2001:db8::1]:/srv", "host::module/path",
     "rsync://ann@host.example.org:8873/module/path"],
)  # fmt: skip
def test_every_form_of_destination_that_rsync_knows_can_be_given(to):
    config, faults = parse_config(f'title = "A"\n[deploy.host]\ntype = "rsync"\nto = "{to}"\n')

    assert not faults
    assert config.deploy["host"].to == to
