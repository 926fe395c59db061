"""The `ftdata` command: runs what it is given, and leaves with a message and an exit code.

Exit codes: 0 done, 1 something failed, 2 misuse (a mistake in the call or in the settings), 130
interrupted. With --json standard output holds one JSON object whatever happens; progress and
complaints go to standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

import click

from ftdata.console import complain, print_json
from ftdata.errors import FtdataError, SettingsError, UsageError

if TYPE_CHECKING:
    from ftdata.show import Answer

FAILED = 1
MISUSE = 2
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code; a user's mistake is shown as a message."""
    given = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    as_json = "--json" in given
    code = None
    try:
        # Loading it takes long enough to be interrupted.
        import ftdata.check_command
        import ftdata.erase_command
        import ftdata.explain_command
        import ftdata.export_command
        import ftdata.model_commands
        import ftdata.review_command
        import ftdata.version_commands  # noqa: F401 - adds its commands
        from ftdata.commands import commands
        from ftdata.show import Answer

        answer = commands.main(given, prog_name="ftdata", standalone_mode=False)
        code = _print(answer, as_json) if isinstance(answer, Answer) else 0
        sys.stdout.flush()
    except FtdataError as error:
        code = _fail(str(error), as_json, MISUSE if _is_misuse(error) else FAILED)
    except click.ClickException as error:
        code = _fail(_explain(error), as_json, error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        text = "interrupted. What was built is kept: the same command goes on from there"
        code = _fail(text, as_json, INTERRUPTED)
    except BrokenPipeError:
        # Whoever read standard output has left, as `head` does: nothing more can be said there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = FAILED
    except OSError as error:
        code = _fail(_explain_os(error), as_json, FAILED)
    finally:
        if code is None and as_json:
            # A mistake of ours: its traceback follows, and the one JSON object is promised.
            print_json({"error": f"internal error: {sys.exc_info()[1]!r}"})
    sys.exit(code)


def _print(answer: Answer, as_json: bool) -> int:
    if as_json:
        print_json(answer.values)
    else:
        answer.show()
    return answer.exit_code


def _fail(message: str, as_json: bool, code: int) -> int:
    if as_json:
        print_json({"error": message})
    complain(message)
    return code


def _is_misuse(error: FtdataError) -> bool:
    return isinstance(error, UsageError | SettingsError)


def _explain(error: click.ClickException) -> str:
    """Click's complaint with the line that says where help is."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    where = f"\n{context.command_path} --help lists what it takes" if context else ""
    return f"{error.format_message()}{where}"


def _explain_os(error: OSError) -> str:
    place = f"{error.filename}: " if error.filename else ""
    fix = "see that the folder is there, readable and writable, and that nothing is in its way"
    return f"{place}{error.strerror or error}: {fix}"
