"""The generated lists of the documentation: keys of the configuration, options of rules and commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import click
import yaml

from waku_lint import schema
from waku_lint.cli.main import cli
from waku_lint.reporters import explanation
from waku_lint.rules.base import Rule
from waku_lint.rules.registry import Registry

# Names in the examples that a reader chooses, and how a heading shows them.
RULE: Final = "deliverable-checklist-missing"
KIND: Final = "decision"
YOURS: Final = {RULE: "RULE", KIND: "YOUR-KIND"}
LONG: Final = 80  # characters of a default to show
_PLURAL: Final = {"object": "mappings", "integer": "numbers"}


def config_keys() -> list[str]:
    """A section for each key of `.waku-lint.yaml`, from its schema: meaning, type, default, example."""
    lines: list[str] = []
    for path, node in _keys(schema.builtin("config"), ()):
        default = f"`{_flow(node['default'])}`" if "default" in node else "inherited"
        shown = [YOURS.get(name, name) for name in path]
        lines += [
            f"### {'.'.join(shown)}",
            "",
            node["description"],
            "",
            f"Value: {_type(node)}. Default: {default}.",
            "",
        ]
        for example in node["examples"]:
            value: Any = example
            for name in reversed(path):
                value = {name: value}
            if path[:2] == ("kinds", KIND):  # a kind needs paths
                value["kinds"][KIND] = {"paths": ["decisions/*.md"], **value["kinds"][KIND]}
            lines += [*configuration(value), ""]
    return lines[:-1]


def _keys(node: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """The path of each key that has an example, with its schema."""
    if path == ("kinds",):
        yield from _kinds(node)
        return
    if path == ("rules",):
        (mapping,) = (each for each in node["additionalProperties"]["anyOf"] if "properties" in each)
        yield from _keys(mapping, (*path, RULE))
        return
    for name, given in node.get("properties", {}).items():
        child = _resolved(given)
        if "examples" in child:
            yield (*path, name), child
        yield from _keys(child, (*path, name))


def _kinds(node: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """Each key of a kind once, for a built-in kind that has it, or else for a kind of the reader."""
    seen = set()
    for kind, given in (*node["properties"].items(), (KIND, node["additionalProperties"])):
        for path, child in _keys(_resolved(given), ("kinds", kind)):
            if path[-1] not in seen:
                seen.add(path[-1])
                yield path, child


def _resolved(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """A schema with its `$ref` resolved."""
    if "$ref" not in node:
        return node
    return {**schema.builtin("config")["$defs"][node["$ref"].rpartition("/")[2]], **node}


def _type(node: Mapping[str, Any]) -> str:
    """The type of a value, in words."""
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
            else f"a list of {_PLURAL.get(items.get('type', ''), 'strings')}"
        )
    if kind == "string" and "title" in node:
        return f"a string of the form `{node['title']}`"
    return {"string": "a string", "object": "a mapping", "integer": "a number", "boolean": "`true` or `false`"}.get(
        kind, kind
    )


def option_table(known: Registry, link: Callable[[Rule], str]) -> list[str]:
    """Every option of every rule, with the rule's link; a long default is shortened."""
    lines = ["| rule | option | value | default | meaning |", "|---|---|---|---|---|"]
    for rule in known.rules:
        for option in rule.options:
            default = explanation.shown(option.default)
            brief = default if len(default) <= LONG else f"{default[:LONG].rpartition(',')[0]}, ..."
            name = f"[{rule.code}]({link(rule)}) {rule.name}"
            lines.append(f"| {name} | `{option.name}` | {_type(option.schema)} | {brief} | {option.description} |")
    return lines


def options_example(rule: Rule) -> list[str]:
    """A configuration with the defaults of a rule's options."""
    return configuration({"rules": {rule.name: {option.name: option.default for option in rule.options}}})


def configuration(value: object) -> list[str]:
    """A fenced configuration."""
    return ["```yaml", "# .waku-lint.yaml", _block(value), "```"]


def command_options() -> list[str]:
    """A section for each command: what it does, its usage and options."""
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
    """The value of an option, as its usage shows it."""
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
    """A key per line, and a list on the line of its key."""


def _list(dumper: yaml.SafeDumper, value: list[object]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)


_Dumper.add_representer(list, _list)


def _block(value: object) -> str:
    text = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100, default_flow_style=False)
    return text.rstrip("\n").replace("'off'", "off")
