"""Which commands are there, and what do all of them have in common?"""

import inspect
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol, TypeAlias, TypeVar

import click

from cli.output import ColorChoice, Output

Made = TypeVar("Made", bound=click.Command)
Maker: TypeAlias = Callable[[Callable[..., object]], Made]
SECTIONS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "The contract": {
        "init": ("cli.init", "Write a starter contract."),
        "check": ("cli.check", "Say whether the contract is sound."),
        "explain": ("cli.explain", "Explain a rule, a key, a prefix or a bucket."),
        "rules": ("cli.rules", "List the rules."),
        "access": ("cli.access", "Show who may do what on which prefix."),
        "cost": ("cli.cost", "Estimate what the contract costs a month."),
        "plan": ("cli.plan", "Show what would be deployed, as a tree."),
        "lint": ("cli.lint", "Find bucket names where code should ask the contract."),
    },
    "What is live": {
        "audit": ("cli.audit", "Hold what is live against the contract and the rules."),
        "fix": ("cli.fix", "Show or make the changes that end findings."),
        "adopt": ("cli.adopt", "Write the contract of buckets that are there already."),
        "scheduled-audit": ("cli.scheduled_audit", "Audit where nobody watches, and tell what is new."),
        "space": ("cli.space", "Show how much lies where, and what it costs."),
        "ledger": ("cli.ledger", "Look after what audits remember of objects."),
    },
    "Objects, as the contract says": {
        "put": ("cli.put", "Store files of this machine as the contract says."),
        "get": ("cli.get", "Fetch objects as files of this machine."),
        "ls": ("cli.ls", "List the prefixes of the contract, or their objects."),
        "cat": ("cli.cat", "Print the content of objects."),
        "cp": ("cli.cp", "Copy objects to another place."),
        "mv": ("cli.mv", "Move objects to another place."),
        "rm": ("cli.rm", "Delete objects."),
        "sync": ("cli.sync", "Let a folder and a place be the same, or two places."),
        "presign": ("cli.presign", "Print a link that lets its holder read or write an object."),
        "scan": ("cli.scan", "Let what is clean out of quarantine, and nothing else."),
        "sweep": ("cli.sweep", "Show or delete abandoned sessions and uploads."),
    },
    "Tools": {
        "sandbox": ("cli.sandbox", "Run an AWS on this machine, with the contract in it."),
        "schema": ("cli.schema", "Print the JSON Schema of the contract."),
        "judge": ("cli.judge", "Judge policies, patterns and lifecycle rules, as JSON lines."),
        "completion": ("cli.completion", "Print the script that completes commands in a shell."),
    },
}
"""The parts of the help: name of a command -> the module that holds it, and its line."""
COMMANDS: Mapping[str, tuple[str, str]] = {
    name: held for section in SECTIONS.values() for name, held in section.items()
}

HELP_NAMES: Mapping[str, list[str]] = {"help_option_names": ["-h", "--help"]}


class WithCommands(click.Command):
    """A command whose first word may also be the name of one of its own commands."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.commands: dict[str, click.Command] = {}

    def command(self, name: str, /, **options: Any) -> Maker[click.Command]:
        """Make a function one of its commands."""

        def made(function: Callable[..., object]) -> click.Command:
            self.commands[name] = click.command(name, cls=click.Command, **options)(function)
            return self.commands[name]

        return made

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Hand over to the command that the first word names."""
        if args and args[0] in self.commands:
            return self.commands[args[0]].make_context(f"{info_name} {args[0]}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show its options, and below them its commands."""
        super().format_options(ctx, formatter)
        with formatter.section("Commands"):
            formatter.write_dl([(name, one.get_short_help_str()) for name, one in self.commands.items()])


def command(name: str) -> Maker[click.Command]:
    """Make a function the command of that name: the table's line, then its docstring, are the help."""
    return _maker(COMMANDS[name][1], partial(click.command, name))


def command_of(name: str, kind: type[Made]) -> Maker[Made]:
    """The same where the command is of a kind of its own."""
    return _maker(COMMANDS[name][1], partial(click.command, name, cls=kind))


def command_with_commands(name: str) -> Maker[WithCommands]:
    """The same where it has commands of its own."""
    return command_of(name, WithCommands)


def group(name: str) -> Maker[click.Group]:
    """Make a function the command of that name, whose own commands come after it."""
    return _maker(COMMANDS[name][1], partial(click.group, name))


class Above(Protocol):
    """What can have commands of its own."""

    def command(self, name: str, /, **options: Any) -> Maker[click.Command]:
        """Make a function one of them."""


def subcommand(above: Above, name: str, summary: str) -> Maker[click.Command]:
    """Make a function a command of a group, or of a command that has commands."""
    return _maker(summary, partial(above.command, name))


def _maker(summary: str, begun: Callable[..., Maker[Made]]) -> Maker[Made]:
    def made(function: Callable[..., object]) -> Made:
        about = f"{summary}\n\n{inspect.getdoc(function) or ''}"
        found = begun(help=about, short_help=summary, context_settings=dict(HELP_NAMES))(function)
        found.params.extend(RUN_OPTIONS)
        return found

    return made


def _choose_color(context: click.Context, _: click.Parameter, value: ColorChoice | None) -> None:
    if value is not None:
        context.ensure_object(Output).color = value


def _louder(context: click.Context, _: click.Parameter, times: int) -> None:
    context.ensure_object(Output).loudness += times


def _quieter(context: click.Context, _: click.Parameter, times: int) -> None:
    context.ensure_object(Output).loudness -= times


def _debug(context: click.Context, _: click.Parameter, value: bool) -> None:
    context.ensure_object(Output).debug |= value


RUN_OPTIONS = (
    click.Option(
        ["--color"],
        type=click.Choice(["auto", "always", "never"]),
        callback=_choose_color,
        expose_value=False,
        help="Colour the output; auto asks the terminal, NO_COLOR and FORCE_COLOR.",
    ),
    click.Option(
        ["-q", "--quiet"],
        count=True,
        callback=_quieter,
        expose_value=False,
        help="No notes; -qq: no summary either.",
    ),
    click.Option(
        ["-v", "--verbose"], count=True, callback=_louder, expose_value=False, help="Say more on stderr."
    ),
    click.Option(
        ["--debug"],
        is_flag=True,
        callback=_debug,
        expose_value=False,
        help="Show where an internal error happened.",
    ),
)
"""What every command takes, and the program before its name."""
