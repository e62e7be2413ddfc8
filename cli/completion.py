"""`bucketwright completion`: the script with which a shell completes commands and options."""

from collections.abc import Mapping

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

from cli.commands import command
from cli.output import Output
from cli.program import COMPLETION_VARIABLE, PROGRAM

SHELLS: Mapping[str, type[ShellComplete]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}


@command("completion")
@click.argument("shell", type=click.Choice(list(SHELLS)))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Load it where your shell starts:

    \b
      bash  eval "$(bucketwright completion bash)"
      zsh   eval "$(bucketwright completion zsh)"
      fish  bucketwright completion fish | source
    """
    script = SHELLS[shell](context.find_root().command, {}, PROGRAM, COMPLETION_VARIABLE).source()
    output = context.ensure_object(Output)
    for line in script.split("\n"):
        output.result(line)
