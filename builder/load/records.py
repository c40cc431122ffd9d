"""Authority records: `actors.yaml` and its like, each a list of records or a folder of such files."""

from __future__ import annotations

from builder.faults import Fault, did_you_mean, error, warning
from builder.model.common import Record
from builder.model.records import R
from builder.reading.nodes import Mapping, Node, Sequence
from builder.reading.typed import field_names, read
from builder.reading.yaml_text import parse_yaml


def load_records(text: str, path: str, type_: type[R]) -> tuple[list[Record[R]], list[Fault]]:
    """The records in `text`, the decoded file at `path`: a list of them, or a single one."""
    node, faults = parse_yaml(text, path)
    if node is None:
        return [], faults
    records = []
    for item in node.items if isinstance(node, Sequence) else (node,):
        record = _record(item, path, type_, faults)
        if record is not None:
            records.append(record)
    return records, faults


def _record(node: Node, path: str, type_: type[R], faults: list[Fault]) -> Record[R] | None:
    if not isinstance(node, Mapping):
        message = "a record is a mapping that begins with `- name: …`"
        faults.append(error(path, node.line, "wrong-type", message))
        return None
    meta, unknown = read(node, type_, path, faults)
    for name in unknown:
        message = f'there is no field "{name}" here{did_you_mean(name, field_names(type_))}'
        faults.append(warning(path, node.key_lines[name], "unknown-field", message, name))
    return None if meta is None else Record(path, node.line, meta, dict(node.key_lines))
