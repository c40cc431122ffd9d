"""The command line: options in, exit status out. No logic of its own.

Exit status: 0 done; 1 the content or the target is at fault; 2 the command line is; 70 a bug of ours (sysexits.h);
130 and 143 stopped by a signal.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import traceback
from types import FrameType
from typing import NoReturn

from builder import __version__


def main() -> NoReturn:
    """The console script `sitrep`: `run`, and the end of the process at once."""
    signal.signal(signal.SIGTERM, _on_term)
    _open_closed_streams()
    status = run()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BrokenPipeError):  # whoever read it has had enough: what was done is done
            stream.flush()
    # All is closed and written. To take apart, object by object, what is gone with the process anyway takes as long as
    # a tenth of a build with little to do.
    os._exit(status)


def _open_closed_streams() -> None:
    """Else the next file to be opened would take the number of a stream, and get what others say to that."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


def run() -> int:
    """Does what the command line says; the exit status."""
    try:
        if sys.argv[1:] == ["--version"]:  # answered without importing anything more
            print(f"sitrep {__version__}")
            return 0
        _run()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except KeyboardInterrupt:
        return _stopped()
    except BrokenPipeError:  # whoever read our output has had enough
        return 0
    except Exception:  # noqa: BLE001  # whatever it is, it is our bug, and is told as one
        traceback.print_exc()
        print(
            f"\nsitrep {__version__}: this is a bug in Sitrep, not in your archive; nothing was lost.\n"
            "Please report it with the lines above, and the command that you gave.",
            file=sys.stderr,
        )
        return 70
    return 0


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
        sys.exit(_stopped())
    except click.ClickException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    sys.exit(status if isinstance(status, int) else 0)


def _stopped() -> int:
    print("stopped", file=sys.stderr)
    return 130


def _on_term(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(143)
