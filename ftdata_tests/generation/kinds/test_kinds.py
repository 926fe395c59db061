from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from ftdata.generation.kinds import KINDS
from ftdata.settings_documents import InstructionKind
from ftdata_tests.generation.written import drafts_of

PIECES = st.sampled_from(
    [
        "A widget is a tool. You can move it to the left. You must not rename the widget twice.",
        "If you get an error while you log in, clear your cookies. It helps.",
        "To list widgets, run:",
        "```sh\nwidget list\n```",
        "```\n  --wait    wait until all is ready now\n```",
        "1. Download the widget\n2. Start it",
        "- **Dock**: where a widget lives at night\n- **Desk**: where a widget lives by day",
        "| Option | Default |\n| --- | --- |\n| colour | red |",
        "**Desk:** a table",
        "Ünïcode… «¿qué?» (a [b](https://c.d) `e",
    ]
)
HEADINGS = st.sampled_from(
    [
        "Widgets",
        "Install a widget",
        "Overview",
        "Why?",
        "If it fails",
        "The pod is down",
        "A vs B",
        "x.y",
    ]
)


def test_every_kind_of_the_settings_but_one_has_its_file():
    assert {*KINDS, "out_of_scope"} == set(get_args(InstructionKind))


@given(st.lists(PIECES, min_size=1, max_size=5), st.lists(HEADINGS, max_size=3), st.integers(0, 99))
def test_every_draft_of_any_section_is_grounded(pieces, path, seed):
    for kind, known in KINDS.items():
        for draft in drafts_of(known.make, tuple(path), *pieces, seed=seed):
            assert draft.kind == kind
            assert draft.prompt.strip() == draft.prompt
            assert not {"{x}", "{X}", "{c}", "{p}"} & set(draft.prompt.split())
