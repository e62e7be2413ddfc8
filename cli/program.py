"""How does a run start and end? Commands load when they run; every ending has its code and no traceback."""

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import click
from click.shell_completion import CompletionItem, shell_complete

from cli.commands import COMMANDS, SECTIONS
from cli.exits import Exit
from cli.output import Output

PROGRAM = "bucketwright"
COMPLETION_VARIABLE = "_BUCKETWRIGHT_COMPLETE"


class TerminatedError(KeyboardInterrupt):
    """The system ends the run: it stops as if somebody had interrupted it."""


class Program(click.Group):
    """A group whose commands stay on disk until one of them runs."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Name the commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the one command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        found = getattr(import_module(module), cmd_name.replace("-", "_"))
        return found if isinstance(found, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or name the nearest ones."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as unknown:
            raise click.NoSuchCommand(unknown.command_name, possibilities=COMMANDS, ctx=ctx) from None

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table alone."""
        widest = max(map(len, COMMANDS))
        for title, section in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(widest), line) for name, (_, line) in section.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete a command's name from the table alone, and options as click does."""
        names = [
            CompletionItem(name, help=summary)
            for name, (_, summary) in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return names + click.Command.shell_complete(self, ctx, incomplete)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run, and exit with the code of what came out, or answer it where no exit is wanted."""
        name = prog_name or PROGRAM
        words = list(sys.argv[1:] if args is None else args)
        instruction = os.environ.get(complete_var or COMPLETION_VARIABLE)
        if instruction:
            sys.exit(shell_complete(self, extra, name, COMPLETION_VARIABLE, instruction))
        output = Output()

        def run() -> object:
            with self.make_context(name, words, obj=output, **extra) as context:
                return self.invoke(context)

        code = concluded(run, output)
        if standalone_mode:
            sys.exit(code)
        return code


def concluded(run: Callable[[], object], output: Output) -> int:
    """Run it, say on stderr what stopped it, and answer the exit code."""
    try:
        code = run()
    except click.exceptions.Exit as early:
        return early.exit_code
    except click.ClickException as wrong:
        _report_wrong_use(wrong, output)
        return Exit.WRONG_USE
    except TerminatedError:
        return Exit.TERMINATED
    except (KeyboardInterrupt, click.Abort):
        return Exit.INTERRUPTED
    except BrokenPipeError:
        output.abandon(sys.stdout)
        return Exit.CLEAN
    except OSError as failure:
        _report_failure(failure, output)
        return Exit.INCOMPLETE
    except MemoryError as failure:
        output.error("could not be completed: there is too little memory", *_trace(failure, output))
        return Exit.INCOMPLETE
    except Exception as failure:  # noqa: BLE001 - the last resort, so that no traceback reaches a user
        report_bug(failure, output)
        return Exit.INCOMPLETE
    return code if isinstance(code, int) else Exit.CLEAN


def _report_wrong_use(wrong: click.ClickException, output: Output) -> None:
    if isinstance(wrong, click.exceptions.NoArgsIsHelpError):
        for line in wrong.format_message().split("\n"):
            output.note(line)
        return
    context = wrong.ctx if isinstance(wrong, click.UsageError) else None
    hint = () if context is None else (f"for help: {context.command_path} --help",)
    output.error(" ".join(wrong.format_message().split()), *hint)


def _report_failure(failure: OSError, output: Output) -> None:
    output.abandon(sys.stdout)
    place = "" if failure.filename is None else f"{failure.filename}: "
    output.error(f"could not be completed: {place}{failure.strerror or failure}", *_trace(failure, output))


def report_bug(failure: Exception, output: Output) -> None:
    """Own up to an error of ours in one line; the traceback only where it was asked for."""
    output.error(
        f"internal error: {type(failure).__name__}: {failure}; please report it with what --debug shows",
        *_trace(failure, output),
    )


def _trace(failure: Exception, output: Output) -> list[str]:
    return "".join(traceback.format_exception(failure)).rstrip("\n").split("\n") if output.debug else []
