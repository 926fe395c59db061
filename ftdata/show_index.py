"""What `ftdata index` answers: how the duplicate index stood, and stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ftdata.console import say, warn
from ftdata.show import Answer, index_values
from ftdata.show_erasures import counted

if TYPE_CHECKING:
    from ftdata.defs.duplicate_index import IndexState


def index_answer(before: IndexState, after: IndexState) -> Answer:
    """How the duplicate index stood, and how it stands now."""
    from ftdata.bands.manifest import MEND

    def show() -> None:
        for damage in before.damage:
            warn(damage.removesuffix(f": {MEND}"))
        if before.behind:
            were = "was" if len(before.behind) == 1 else "were"
            say(f"{counted(len(before.behind), 'partition')} {were} not indexed as built")
        state = "damaged" if before.damage else "behind" if before.behind else "sound"
        now = counted(after.partitions, "partition")
        say(f"The duplicate index was {state}, and is made anew: {now}")

    values = {"before": index_values(before), "after": index_values(after)}
    return Answer(values, show, 1 if after.damage or after.behind else 0)
