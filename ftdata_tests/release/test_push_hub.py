"""A version on the hub, which is stood in for: no test reaches the net."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from huggingface_hub import CommitOperationAdd

from ftdata.errors import ReleaseError, StorageError, UsageError
from ftdata.release.push_hub import open_hub, push_hub
from ftdata.release.read import LoadedRelease
from ftdata_tests.release.test_push import files, make_release

TO = "hf://datasets/shop/answers"
LARGE = 2_000  # bytes from which a file counts as large there


class FakeHub:
    """Repositories in memory, with what `push_hub` asks of `HfApi`."""

    def __init__(self) -> None:
        self.repos: dict[str, dict[str, bytes]] = {}
        self.is_private: dict[str, bool] = {}
        self.commits: list[list[str]] = []
        self.refuses = False

    def create_repo(self, repo_id: str, *, repo_type: str, private: bool, exist_ok: bool) -> object:
        assert (repo_type, exist_ok) == ("dataset", True)
        self.is_private.setdefault(repo_id, private)
        return self.repos.setdefault(repo_id, {})

    def repo_exists(self, repo_id: str, *, repo_type: str) -> bool:
        return repo_id in self.repos

    def repo_info(self, repo_id: str, *, repo_type: str) -> Any:
        return SimpleNamespace(private=self.is_private[repo_id])

    def list_repo_tree(self, repo_id: str, *, recursive: bool, repo_type: str) -> Iterable[Any]:
        yield SimpleNamespace(path="exports", tree_id="t")
        for path, content in self.repos[repo_id].items():
            lfs = SimpleNamespace(sha256=hashlib.sha256(content).hexdigest())
            git = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
            is_large = len(content) >= LARGE
            yield SimpleNamespace(
                path=path, size=len(content), blob_id=git, lfs=lfs if is_large else None
            )

    def create_commit(
        self, repo_id: str, operations: Iterable[Any], *, commit_message: str, repo_type: str
    ) -> Any:
        added = list(operations)
        assert all(isinstance(one, CommitOperationAdd) for one in added)
        if self.refuses:
            raise OSError("no such token")
        for one in added:
            with one.as_file() as file:
                self.repos[repo_id][one.path_in_repo] = file.read()
        self.commits.append([one.path_in_repo for one in added])


@pytest.fixture
def release(tmp_path: Path) -> LoadedRelease:
    return make_release(str(tmp_path / "data"))


def test_a_version_is_one_commit_to_a_private_repository(release: LoadedRelease) -> None:
    hub = FakeHub()
    push_hub(release, TO, hub)
    assert hub.repos == {"shop/answers": files(release.folder)}
    assert hub.is_private == {"shop/answers": True}
    assert len(hub.commits) == 1


def test_the_same_files_are_not_sent_again(release: LoadedRelease) -> None:
    hub = FakeHub()
    push_hub(release, TO, hub)
    repo = hub.repos["shop/answers"]
    assert {len(content) >= LARGE for content in repo.values()} == {True, False}
    push_hub(release, TO, hub)
    assert len(hub.commits) == 1
    for name in ("README.md", "train.jsonl"):
        repo[name] = repo[name][::-1]
    push_hub(release, TO, hub)
    assert hub.commits[1] == ["README.md", "train.jsonl"]


def test_files_of_others_stay_and_are_named(release: LoadedRelease) -> None:
    hub = FakeHub()
    push_hub(release, TO, hub)
    hub.repos["shop/answers"] |= {"old.jsonl": b"", ".gitattributes": b""}
    made = push_hub(release, TO, hub)
    assert made.strangers == ("old.jsonl",)
    assert "old.jsonl" in hub.repos["shop/answers"]


def test_a_dry_run_makes_no_repository(release: LoadedRelease) -> None:
    hub = FakeHub()
    made = push_hub(release, TO, hub, dry_run=True)
    assert len(made.sent) == len(files(release.folder))
    assert hub.repos == {}


def test_what_everybody_reads_is_sent_when_that_is_meant(release: LoadedRelease) -> None:
    hub = FakeHub()
    push_hub(release, TO, hub, public=True)
    assert hub.is_private == {"shop/answers": False}
    with pytest.raises(UsageError, match="--public"):
        push_hub(release, TO, hub)


def test_a_version_in_an_object_store_is_pushed(tmp_path: Path) -> None:
    release = make_release(f"memory://{tmp_path.name}-hub")
    hub = FakeHub()
    push_hub(release, TO, hub)
    assert hub.repos == {"shop/answers": files(release.folder)}


@pytest.mark.parametrize(
    "to", ["hf://shop/answers", "hf://datasets/shop", "hf://datasets/shop/answers/more"]
)
def test_what_is_no_dataset_repository_is_misuse(release: LoadedRelease, to: str) -> None:
    with pytest.raises(UsageError, match="name a dataset repository"):
        push_hub(release, to, FakeHub())


def test_a_refusal_of_the_hub_is_told(release: LoadedRelease) -> None:
    hub = FakeHub()
    hub.refuses = True
    with pytest.raises(StorageError, match=r"the hub refuses \(no such token\)"):
        push_hub(release, TO, hub)


def test_a_damaged_version_is_not_pushed(release: LoadedRelease) -> None:
    (release.folder / "train.jsonl").write_text("{}")
    with pytest.raises(ReleaseError, match="was altered"):
        push_hub(release, TO, FakeHub())


def test_the_token_comes_from_the_environment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_TOKEN", raising=False)
    with pytest.raises(UsageError, match="HF_TOKEN is not set"):
        open_hub()
    monkeypatch.setenv("HF_TOKEN", "hf_example")
    assert open_hub() is not None
