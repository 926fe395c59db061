"""Sends a version to a dataset repository of the Hugging Face hub, in one commit; or elsewhere."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol

from ftdata.errors import StorageError, UsageError
from ftdata.progress import Progress
from ftdata.release.push import (
    SCHEME,
    Pushed,
    PushedFile,
    below,
    file_hash,
    local_paths,
    own_files,
    push_files,
)
from ftdata.release.read import LoadedRelease

if TYPE_CHECKING:
    from upath import UPath

TOKEN = "HF_TOKEN"  # noqa: S105 (the variable's name)
_NOT_OURS = (".gitattributes",)


class Hub(Protocol):
    """What is asked of `huggingface_hub.HfApi`."""

    def create_repo(self, repo_id: str, *, repo_type: str, private: bool, exist_ok: bool) -> object:
        """Make the repository, or leave it as it is."""

    def repo_exists(self, repo_id: str, *, repo_type: str) -> bool:
        """Whether there is such a repository."""

    def repo_info(self, repo_id: str, *, repo_type: str) -> Any:  # noqa: ANN401  (one of several)
        """With an attribute `private`."""

    def list_repo_tree(self, repo_id: str, *, recursive: bool, repo_type: str) -> Iterable[Any]:
        """Files with `path`, `size`, `blob_id` and `lfs`; folders without `size`."""

    def create_commit(
        self, repo_id: str, operations: Iterable[Any], *, commit_message: str, repo_type: str
    ) -> Any:  # noqa: ANN401  (one of several)
        """One commit with all operations, or none."""


def push_version(
    release: LoadedRelease,
    to: str,
    public: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Pushed:
    """Push to the hub where `to` begins with `hf://`, else to a place that fsspec knows.

    Raises what `open_hub`, `push_hub` and `push_files` raise.
    """
    if to.startswith("hf://"):
        return push_hub(release, to, open_hub(), public, dry_run)
    if public:
        raise UsageError(f"--public is for {SCHEME}…: who reads {to} is settled there")
    return push_files(release, to, dry_run, progress)


def open_hub() -> Hub:
    """The hub, with the token of the environment. Raises UsageError where there is none."""
    try:
        from huggingface_hub import HfApi
    except ImportError as error:
        raise UsageError(
            "hf:// needs the package huggingface-hub: pip install 'ftdata[hub]'"
        ) from error
    token = os.environ.get(TOKEN)
    if not token:
        raise UsageError(f"{TOKEN} is not set: put a token that may write into the environment")
    return HfApi(token=token)


def push_hub(
    release: LoadedRelease, to: str, hub: Hub, public: bool = False, dry_run: bool = False
) -> Pushed:
    """Commit the version's files to the repository `hf://datasets/ORG/NAME`, at its top.

    A repository that is made is private unless `public`; without `public` nothing is sent to one
    that everybody can read. Files there that are the same are not sent; no file is deleted.

    Raises UsageError where `to` names no dataset repository or a public one, ReleaseError where the
    version is damaged, StorageError where the hub refuses.
    """
    from httpx2 import HTTPError  # of which the hub's own errors are
    from huggingface_hub import CommitOperationAdd

    repo = _repo(to)
    try:
        known = _known_files(hub, repo, public)
        files = tuple(_planned(path, below(release, path), known) for path in own_files(release))
        strangers = sorted(known.keys() - {file.path for file in files} - set(_NOT_OURS))
        made = Pushed(release.version, to, files, tuple(strangers))
        if dry_run or not made.sent:
            return made
        hub.create_repo(repo, repo_type="dataset", private=not public, exist_ok=True)
        contents = local_paths(release, made.sent)
        added = [
            CommitOperationAdd(path_in_repo=file.path, path_or_fileobj=content)
            for file, content in zip(made.sent, contents, strict=True)
        ]
        hub.create_commit(
            repo, added, commit_message=f"Version {release.version}", repo_type="dataset"
        )
    except (HTTPError, OSError) as error:
        raise StorageError(
            f"{to}: the hub refuses ({error}): see that {TOKEN} may write there. The same command"
            " goes on from there"
        ) from error
    return made


def _repo(to: str) -> str:
    repo = to.removeprefix(SCHEME)
    if not to.startswith(SCHEME) or repo.count("/") != 1 or not all(repo.split("/")):
        raise UsageError(f"--to {to}: name a dataset repository, as {SCHEME}ORG/NAME")
    return repo


def _known_files(hub: Hub, repo: str, public: bool) -> dict[str, Any]:
    if not hub.repo_exists(repo, repo_type="dataset"):
        return {}
    if not public and not hub.repo_info(repo, repo_type="dataset").private:
        raise UsageError(f"{SCHEME}{repo} can be read by everybody: use --public if it shall be so")
    listed = hub.list_repo_tree(repo, recursive=True, repo_type="dataset")
    return {one.path: one for one in listed if hasattr(one, "size")}


def _planned(path: UPath, name: str, known: dict[str, Any]) -> PushedFile:
    size, there = path.stat().st_size, known.get(name)
    is_there = there is not None and there.size == size and _is_same(path, there)
    return PushedFile(name, size, is_there)


def _is_same(path: UPath, there: Any) -> bool:  # noqa: ANN401  (a RepoFile)
    """Large files have their SHA-256 there, small ones git's own hash."""
    if there.lfs is not None:
        return bool(there.lfs.sha256 == file_hash(path))
    content = path.read_bytes()
    header = b"blob %d\0" % len(content)
    return bool(hashlib.sha1(header + content, usedforsecurity=False).hexdigest() == there.blob_id)
