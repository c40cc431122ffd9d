"""The kinds of targets: what `[deploy.NAME]` names, ready to be sent to."""

from __future__ import annotations

from pathlib import Path

from builder.deploy.folder import FolderTarget
from builder.deploy.settings import DeployTarget
from builder.deploy.target import Target, TargetError
from builder.publish.safety import output_fault


def target_of(name: str, settings: DeployTarget, root: Path, output: Path) -> Target:
    """The target called `name`, of an archive at `root` whose site is in `output`.

    Raises TargetError where it can be none, or where what it needs isn't installed.
    """
    try:
        match settings.type:
            case "folder":
                return FolderTarget(name, _folder(name, settings.path or "", root, output))
            case "git":
                from builder.deploy.git import GitTarget

                return GitTarget(name, _local(settings.remote or "", root), settings.branch or "")
            case "rsync":
                from builder.deploy.rsync import RsyncTarget

                return RsyncTarget(name, _local(settings.to or "", root))
            case "s3":
                from builder.deploy.s3 import S3Target

                return S3Target(name, settings.bucket or "", settings.prefix, settings.region, settings.endpoint_url)
    except ImportError as problem:
        library = problem.name or str(problem)
        message = (
            f"deploying by {settings.type} needs {library}; install Sitrep with its extra [deploy] (docs/install.md)"
        )
        raise TargetError(name, message) from problem
    except FileNotFoundError as problem:
        message = f"deploying by {settings.type} needs the program {problem}, which isn't here; install it"
        raise TargetError(name, message) from problem


def _folder(name: str, path: str, root: Path, output: Path) -> Path:
    folder = root / Path(path).expanduser()
    fault = output_fault(folder, root)
    if fault is not None:
        raise TargetError(name, fault.message.replace("output folder", "target").rpartition(";")[0] + "; name another")
    resolved, built = folder.resolve(), output.resolve()
    if resolved.is_relative_to(built) or built.is_relative_to(resolved):
        raise TargetError(name, f"{path} lies in the output folder, or that in it; name another")
    return folder


def _local(address: str, root: Path) -> str:
    """A path of this machine, seen from the archive's root; anything else as it is."""
    is_path = address.startswith(("./", "../", "~/"))
    return str(root / Path(address).expanduser()) if is_path else address
