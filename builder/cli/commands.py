"""The commands and their options. Each command's own module is imported when it is called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, TypeVar

import click

from builder import __version__

F = TypeVar("F", bound=Callable[..., Any])


def common_options(function: F) -> F:
    """`--root`, `--quiet` and `--json`, which every command has."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="One report as JSON on standard output, for programs."),
        click.option("--quiet", is_flag=True, help="Say nothing but errors."),
        click.option(
            "--root",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            help="The archive's folder. [default: the nearest folder upwards with a sitrep.toml]",
        ),
    ):
        function = option(function)
    return function


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="sitrep", message="%(prog)s %(version)s")
def sitrep() -> None:
    """Sitrep makes a static web site of a folder of conflict briefings.

    \b
    A new archive:     sitrep new archive DIR
    A new briefing:    sitrep new briefing "TITLE"
    From an article:   sitrep import SOURCE
    See it:            sitrep serve
    What is wrong:     sitrep check
    The finished site: sitrep build
    What made a page:  sitrep why ADDRESS
    Onto a host:       sitrep deploy
    As one file:       sitrep export
    """


@sitrep.group()
def new() -> None:
    """Start an archive, or a briefing in it."""


@new.command("archive")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", default=None, help="The archive's name. [default: made from DIR]")
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("--json", "as_json", is_flag=True, help="One report as JSON on standard output, for programs.")
@click.option("--root", hidden=True, type=click.Path(path_type=Path), help="Has no use here.")
def new_archive(folder: Path, title: str | None, quiet: bool, as_json: bool, root: Path | None) -> None:
    """Make a new archive in DIR that builds as it is.

    DIR must be empty or not there yet.
    """
    from builder.cli.new import run_new_archive

    del root
    run_new_archive(folder, title, quiet=quiet, as_json=as_json)


@new.command("briefing")
@click.argument("title")
@click.option("--date", "date_", metavar="DATE", help="When it happened: 2022-08-17, 2022-08, 2022 … [default: today]")
@click.option("--region", multiple=True, help="Where and about; may be repeated, most important first.")
@click.option("--actor", multiple=True, help="Who; may be repeated.")
@click.option("--tag", multiple=True, help="A theme; may be repeated.")
@click.option("--dossier", multiple=True, help="The conflict that it belongs to; may be repeated.")
@common_options
def new_briefing(
    title: str,
    date_: str | None,
    region: tuple[str, ...],
    actor: tuple[str, ...],
    tag: tuple[str, ...],
    dossier: tuple[str, ...],
    root: Path | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Start a draft briefing called TITLE, in the right place.

    Names are checked against the archive's records. An existing file is never touched.
    """
    from builder.cli.new import run_new_briefing

    run_new_briefing(
        title,
        date_,
        {"region": region, "actors": actor, "tags": tag, "dossier": dossier},
        root=root,
        quiet=quiet,
        as_json=as_json,
    )


@sitrep.command("import")
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@click.option(
    "--source", default="", metavar="NAME", help="The publisher. [default: told from the address or the page]"
)
@click.option("--date", "date_", metavar="DATE", help="The day of publication of what doesn't tell it.")
@click.option(
    "--duplicates",
    type=click.Choice(["skip", "attach", "keep"]),
    default="attach",
    show_default=True,
    help="What is there already: leave it out, add its address to the briefing's sources, or write it all the same.",
)
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Which column of a table holds what, as in --map title=headline,text=body. [default: by the columns' names]",
)
@click.option("--publish", is_flag=True, help="Write briefings that are no drafts.")
@click.option("--dry-run", is_flag=True, help="Write nothing; tell what would be written.")
@click.option("--accept-new", is_flag=True, help="Add records for actors that have none.")
@click.option(
    "--review", is_flag=True, help="Then walk through the drafts; without SOURCE, through all in the archive."
)
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="How many processes work. [default: one a processor]")
@common_options
def import_(
    sources: tuple[str, ...],
    source: str,
    date_: str | None,
    duplicates: Literal["skip", "attach", "keep"],
    columns: tuple[str, ...],
    publish: bool,
    dry_run: bool,
    accept_new: bool,
    review: bool,
    jobs: int | None,
    root: Path | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Make draft briefings of captured articles.

    SOURCE is a file, a folder, an address, or - for standard input. What it is, its content tells: scraped text, saved
    HTML, MHTML, WARC, WACZ, RSS, Atom, messages (EML, mbox), PDF, Word (.docx), tables (CSV, JSON, JSON Lines), an
    export of WordPress, or posts of Jekyll, Hugo and Pelican. Nothing is imported twice.
    """
    from builder.cli.importing import run_import

    if not sources and not review:
        raise click.UsageError("Missing argument 'SOURCE...'.")
    run_import(
        sources,
        source=source,
        date_text=date_,
        duplicates=duplicates,
        columns=columns,
        publish=publish,
        dry_run=dry_run,
        accept_new=accept_new,
        review=review,
        jobs=jobs,
        root=root,
        quiet=quiet,
        as_json=as_json,
    )


@sitrep.command()
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option(
    "--fix",
    is_flag=True,
    help="Mend what can be mended safely: missing ids, misspelled fields, lost addresses; and record what is public.",
)
@common_options
def check(strict: bool, fix: bool, root: Path | None, quiet: bool, as_json: bool) -> None:
    """Tell everything that is wrong with the content.

    Nothing is written unless you give --fix, which changes as few lines as it can.
    """
    from builder.cli.check import run_check

    run_check(strict=strict, fix=fix, root=root, quiet=quiet, as_json=as_json)


@sitrep.command()
@click.option("--output", type=click.Path(path_type=Path), help="Where the site goes. [default: output/]")
@click.option("--base-url", metavar="URL", help="Where the site will stand, instead of base_url in sitrep.toml.")
@click.option("--theme", metavar="NAME", help="The theme, instead of theme in sitrep.toml.")
@click.option("--drafts", is_flag=True, help="With drafts, marked as such.")
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option("--no-search", is_flag=True, help="Without search.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="How many processes work. [default: one a processor]")
@click.option("--clean", is_flag=True, help="Ignore the cache. Files that no build has made stay.")
@click.option("--verify", is_flag=True, help="Read every file again, whatever the file system says of it.")
@click.option("--profile", is_flag=True, help="Show where the time went.")
@common_options
def build(
    output: Path | None,
    base_url: str | None,
    theme: str | None,
    drafts: bool,
    strict: bool,
    no_search: bool,
    jobs: int | None,
    clean: bool,
    verify: bool,
    profile: bool,
    root: Path | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Make the site.

    If anything is wrong, the site that is there stays as it was.
    """
    from builder.cli.build import run_build

    run_build(
        output,
        base_url=base_url,
        theme=theme,
        drafts=drafts,
        strict=strict,
        search=not no_search,
        clean=clean,
        verify=verify,
        jobs=jobs,
        profile=profile,
        root=root,
        quiet=quiet,
        as_json=as_json,
    )


@sitrep.command()
@click.argument("address")
@click.option("--output", type=click.Path(path_type=Path), help="Where the site is. [default: output/]")
@common_options
def why(address: str, output: Path | None, root: Path | None, quiet: bool, as_json: bool) -> None:
    """Tell what made a page, and what of it had changed when it was made last.

    ADDRESS is the page's address (/about/), its URL or its file, or the Markdown file of a briefing.
    """
    from builder.cli.why import run_why

    run_why(address, output, root=root, quiet=quiet, as_json=as_json)


@sitrep.command()
@click.option("--port", type=click.IntRange(1, 65535), help="The port to listen on. [default: a free one from 8000 on]")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in your browser.")
@click.option("--no-drafts", is_flag=True, help="Without drafts, as readers will see it.")
@click.option("--base-path", is_flag=True, help="Below the folder of base_url, as the site will stand on its host.")
@common_options
def serve(
    port: int | None,
    host: str,
    open_browser: bool,
    no_drafts: bool,
    base_path: bool,
    root: Path | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Show the site while you write: what you save is in the browser at once.

    Serves from memory and never touches output/. Stop it with Ctrl-C.
    """
    from builder.cli.serve import run_serve

    run_serve(
        port,
        host,
        open_browser=open_browser,
        drafts=not no_drafts,
        base_path=base_path,
        root=root,
        quiet=quiet,
        as_json=as_json,
    )


@sitrep.command()
@click.argument("target", required=False)
@click.option("--dry-run", is_flag=True, help="Send nothing; tell what would be sent and deleted.")
@click.option("--adopt", is_flag=True, help="Take over a place that holds files already. None is deleted.")
@click.option("--verify", is_flag=True, help="Compare with what lies there, and send what others have altered.")
@common_options
def deploy(
    target: str | None, dry_run: bool, adopt: bool, verify: bool, root: Path | None, quiet: bool, as_json: bool
) -> None:
    """Build the site, and send it to TARGET, a host that sitrep.toml names in [deploy.TARGET].

    Only what changed is sent. Files at the target that no deploy has sent are never touched. What becomes public is
    recorded first, in published.json.
    """
    from builder.cli.deploy import run_deploy

    run_deploy(target, dry_run=dry_run, adopt=adopt, verify=verify, root=root, quiet=quiet, as_json=as_json)


@sitrep.command()
@click.option("--zip", "zip_", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="As a ZIP.")
@click.option("--wacz", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="As a WACZ.")
@common_options
def export(zip_: Path | None, wacz: Path | None, root: Path | None, quiet: bool, as_json: bool) -> None:
    """Build the site, and write all of it as one file.

    A ZIP is read without a web server: unpack it, and open its index.html. A WACZ is what web archives take, and
    replayweb.page shows.
    """
    from builder.cli.export import run_export

    run_export(zip_, wacz, root=root, quiet=quiet, as_json=as_json)


@sitrep.command()
@click.argument("place", metavar="URL-or-FOLDER")
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("--json", "as_json", is_flag=True, help="One report as JSON on standard output, for programs.")
@click.option("--root", hidden=True, type=click.Path(path_type=Path), help="Has no use here.")
def verify(place: str, quiet: bool, as_json: bool, root: Path | None) -> None:
    """Compare a copy of a site with its own manifest.

    Tells each file that is missing, or isn't what was published: at a host, in a mirror, or unpacked from a ZIP.
    """
    from builder.cli.verify import run_verify

    del root
    run_verify(place, quiet=quiet, as_json=as_json)


@sitrep.command()
@click.argument("capture", type=click.Path(path_type=Path))
@click.option("--reason", required=True, help="Why, in a sentence.")
@common_options
def redact(capture: Path, reason: str, root: Path | None, quiet: bool, as_json: bool) -> None:
    """Take the bytes of CAPTURE, a file in content/captures/, out of the archive.

    Its SHA-256 stays in the record beside it, with the day and the reason, so that what was here can still be proven by
    who has it. Version control keeps its own copy.
    """
    from builder.cli.redact import run_redact

    run_redact(capture, reason, root=root, quiet=quiet, as_json=as_json)
