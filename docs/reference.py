"""What the documentation lists in full: the keys of the configuration, the options of rules and commands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import click
import yaml

from waku_lint import explain, schema
from waku_lint.cli import cli
from waku_lint.registry import Registry
from waku_lint.rules.base import Rule

# Where the reader gives a name: how the key is shown, and the name in its example.
_PLURAL: Final = {"object": "mappings", "integer": "numbers"}
LONG: Final = 80  # characters of a default that are shown
NAMED: Final = {"kinds": ("KIND", "milestone"), "rules": ("RULE", "deliverable-checklist-missing")}


def config_keys() -> list[str]:
    """A section for each key of `.waku-lint.yaml`, from its schema: meaning, type, default, example."""
    lines: list[str] = []
    for key, path, node in _keys(schema.builtin("config"), (), ()):
        default = f"`{_flow(node['default'])}`" if "default" in node else "as in what is extended"
        lines += [f"### {key}", "", node["description"], "", f"Value: {_type(node)}. Default: {default}.", ""]
        for example in node["examples"]:
            value: Any = example
            for name in reversed(path):
                value = {name: value}
            lines += [*configuration(value), ""]
    return lines[:-1]


def _keys(
    node: Mapping[str, Any], shown: tuple[str, ...], path: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...], Mapping[str, Any]]]:
    """Each key with an example, its path there, and its schema; of the reader's own names one stands for all."""
    for name, given in _children(node):
        label, sample = NAMED[path[0]] if len(path) == 1 and path[0] in NAMED else (name, name)
        child = (
            {**schema.builtin("config")["$defs"][given["$ref"].rpartition("/")[2]], **given}
            if "$ref" in given
            else given
        )
        if "examples" in child:
            yield ".".join((*shown, label)), (*path, sample), child
        yield from _keys(child, (*shown, label), (*path, sample))


def _children(node: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    properties = node.get("properties", {})
    same = {json.dumps(each.get("$ref")) for each in properties.values()}
    if len(properties) > 1 and len(same) == 1 and "null" not in same:
        yield next(iter(properties.items()))  # kinds, all alike
    else:
        yield from properties.items()
    others = node.get("additionalProperties")
    for each in others.get("anyOf", ()) if isinstance(others, dict) and not properties else ():
        if "description" in node and "properties" in each and "per-path" in each["properties"]:
            yield "", each


def _type(node: Mapping[str, Any]) -> str:
    """What a value may be, in words."""
    if "enum" in node:
        return " or ".join(f"`{value}`" for value in node["enum"] if not isinstance(value, bool))
    if "anyOf" in node:
        return " or ".join(dict.fromkeys(_type(each) for each in node["anyOf"] if each.get("type") != "null"))
    kinds = node.get("type", "object")
    kind = next(each for each in ([kinds] if isinstance(kinds, str) else kinds) if each != "null")
    if kind == "array":
        items = node.get("items", {})
        return (
            f"a list of {_type(items)}"
            if "enum" in items
            else f"a list of {_PLURAL.get(items.get('type', ''), 'texts')}"
        )
    if kind == "string" and "title" in node:
        return f"text of the form `{node['title']}`"
    return {"string": "text", "object": "a mapping", "integer": "a number", "boolean": "`true` or `false`"}.get(
        kind, kind
    )


def option_table(known: Registry, link: Callable[[Rule], str]) -> list[str]:
    """Every option of every rule; `link` leads to each; a long default is cut."""
    lines = ["| rule | option | value | default | what |", "|---|---|---|---|---|"]
    for rule in known.rules:
        for option in rule.options:
            default = explain.shown(option.default)
            brief = default if len(default) <= LONG else f"{default[:LONG].rpartition(',')[0]}, ..."
            name = f"[{rule.code}]({link(rule)}) {rule.name}"
            lines.append(f"| {name} | `{option.name}` | {_type(option.schema)} | {brief} | {option.description} |")
    return lines


def options_example(rule: Rule) -> list[str]:
    """A configuration that sets the options of a rule as they are anyway."""
    return configuration({"rules": {rule.name: {option.name: option.default for option in rule.options}}})


def configuration(value: object) -> list[str]:
    """A block that shows a configuration."""
    return ["```yaml", "# .waku-lint.yaml", _block(value), "```"]


def command_options() -> list[str]:
    """A section for each command: what it does, how it is called, its options."""
    top = click.Context(cli, info_name="waku-lint")
    lines: list[str] = []
    for name in cli.list_commands(top):
        command = cli.get_command(top, name)
        assert command is not None
        lines += _command(command, click.Context(command, info_name=name, parent=top))
    return lines[:-1]


def _command(command: click.Command, ctx: click.Context) -> list[str]:
    help_text = " ".join((command.help or "").split("\n\n")[0].split())
    usage = " ".join([ctx.command_path, *command.collect_usage_pieces(ctx)])
    lines = [f"### {ctx.command_path.removeprefix('waku-lint ')}", "", help_text, ""]
    if isinstance(command, click.Group):
        for name, each in command.commands.items():
            lines += _command(each, click.Context(each, info_name=name, parent=ctx))
        return lines
    lines += [f"`{usage}`", ""]
    options = [each for each in command.params if isinstance(each, click.Option)]
    if options:
        lines += ["| option | |", "|---|---|"]
        lines += [f"| `{', '.join(each.opts)}{_value(each)}` | {each.help}{_choices(each)} |" for each in options]
        lines.append("")
    return lines


def _value(option: click.Option) -> str:
    """What comes after an option on the command line."""
    if option.is_flag:
        return ""
    return f" {option.metavar or ('WHICH' if isinstance(option.type, click.Choice) else option.type.name.upper())}"


def _choices(option: click.Option) -> str:
    if not isinstance(option.type, click.Choice):
        return ""
    return f" One of {', '.join(f'`{each}`' for each in option.type.choices)}."


def _flow(value: object) -> str:
    return yaml.safe_dump(value, default_flow_style=True, width=1000).removesuffix("\n...\n").strip()


class _Dumper(yaml.SafeDumper):
    """As a person writes it: a key a line, a list on the line of its key."""


def _list(dumper: yaml.SafeDumper, value: list[object]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)


_Dumper.add_representer(list, _list)


def _block(value: object) -> str:
    text = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100, default_flow_style=False)
    return text.rstrip("\n").replace("'off'", "off")
