"""The command line: options in, exit status out. No logic of its own.

Exit status: 0 done; 1 the content or the target is at fault; 2 the command line is; 70 a bug of ours (sysexits.h);
130 and 143 stopped by a signal.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from types import FrameType
from typing import NoReturn

from builder import __version__


def main() -> NoReturn:
    """The console script `sitrep`."""
    signal.signal(signal.SIGTERM, _on_term)
    try:
        if sys.argv[1:] == ["--version"]:  # answered without importing anything more
            print(f"sitrep {__version__}")
            sys.exit(0)
        _run()
    except KeyboardInterrupt:
        _stopped()
    except BrokenPipeError:
        # Whoever read our output has had enough; say nothing more, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception:  # noqa: BLE001  # whatever it is, it is our bug, and is told as one
        traceback.print_exc()
        print(
            f"\nsitrep {__version__}: this is a bug in Sitrep, not in your archive; nothing was lost.\n"
            "Please report it with the lines above, and the command that you gave.",
            file=sys.stderr,
        )
        sys.exit(70)
    sys.exit(0)


def _run() -> None:
    import gc

    import click

    from builder.cli.commands import sitrep

    # Much of what a command makes stays to its end: looking for circles in it again and again takes a tenth more time.
    gc.set_threshold(100_000, 20, 20)
    try:
        # Not standalone: click would end with 1 when stopped by Ctrl-C.
        status = sitrep.main(prog_name="sitrep", standalone_mode=False)
    except click.Abort:
        _stopped()
    except click.ClickException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    sys.exit(status if isinstance(status, int) else 0)


def _stopped() -> NoReturn:
    print("stopped", file=sys.stderr)
    sys.exit(130)


def _on_term(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(143)
