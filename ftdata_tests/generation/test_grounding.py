from ftdata.generation.grounding import coverage, invented

DOCUMENT = (
    "Helm 3.2 installs charts. Restart it with `helm upgrade --wait`. See https://helm.sh/docs."
)


def test_coverage_counts_content_words():
    assert coverage("The charts are installed.", DOCUMENT, "en") == 1
    assert coverage("Bananas are installed.", DOCUMENT, "en") == 0.5
    assert coverage("", DOCUMENT, "en") == 1


def test_numbers_addresses_and_code_may_not_be_invented():
    assert (
        list(invented("Helm 3.2 does, see https://helm.sh/docs and `helm upgrade`.", DOCUMENT))
        == []
    )
    made_up = invented(
        "Helm 3.3 takes 5 minutes with --force, see https://x.y/z: `rm -rf`", DOCUMENT
    )
    assert list(made_up) == ["3.3", "5", "--force", "https://x.y/z:", "`rm -rf`"]
