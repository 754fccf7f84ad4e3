"""The command that all others hang on: global options, accepted before a command and after it."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup

_TAKE_A_VALUE = ("--home", "--as-of")


class Root(TyperGroup):
    """Move `--home` and `--as-of` to the front, wherever they stand."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        return super().parse_args(ctx, _in_front(args))


def _in_front(arguments: list[str]) -> list[str]:
    front: list[str] = []
    rest: list[str] = []
    waiting = list(arguments)
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            rest += [word, *waiting]
            break
        if word in _TAKE_A_VALUE and waiting:
            front += [word, waiting.pop(0)]
        elif word.startswith(tuple(f"{name}=" for name in _TAKE_A_VALUE)):
            front.append(word)
        else:
            rest.append(word)
    return front + rest
