"""The errors ftdata raises for mistakes a user can mend.

    FtdataError
    ├── UsageError             a command was called in a way that cannot work
    ├── SettingsError          ftdata.yaml does not hold (file, line, field, fix)
    │   └── FilterError        a filter of the owner's own fails on a record
    ├── IngestError            a raw file cannot be read, or too much of it is malformed
    ├── PartitionError         an unknown, empty or malformed partition selection
    ├── BlockedPartitionError  a blocking check failed upstream of this partition
    ├── StorageError           the data folder cannot be read or written
    │   ├── IndexDamagedError  the duplicate index is not what was written
    │   └── DiskFullError      there is no room to write
    ├── ProviderError          a model's provider refuses, is out of reach, or answers amiss
    │   └── BudgetError        the next request would cost more than the settings allow
    ├── BatchPendingError      a stage waits for answers of a batch: nothing is wrong
    └── ReleaseError           the dataset cannot be assembled

Every message names the culprit (file, line, field) and says what to do. The command line prints
the message alone, without a traceback; Dagster shows it as the failure's description.
"""

from __future__ import annotations

from pathlib import Path
from traceback import extract_tb


class FtdataError(Exception):
    """Base of every error a user can mend."""


class UsageError(FtdataError):
    """A command was called in a way that cannot work."""


class SettingsError(FtdataError):
    """The settings file does not hold."""


class FilterError(SettingsError):
    """A filter of the owner's own fails on a record; `record_id` is that as it was read, or ""."""

    def __init__(self, message: str, record_id: str) -> None:
        super().__init__(message)
        self.record_id = record_id

    def __reduce__(self) -> tuple[type[FilterError], tuple[str, str]]:
        """What makes it again on its way out of another process."""
        return FilterError, (str(self), self.record_id)


class IngestError(FtdataError):
    """A raw file cannot be read, or too large a share of its lines is malformed."""


class PartitionError(FtdataError):
    """A partition selection is unknown, empty or malformed."""


class BlockedPartitionError(FtdataError):
    """A blocking check failed on what this stage would read."""


class StorageError(FtdataError):
    """The data folder cannot be read or written."""


class IndexDamagedError(StorageError):
    """The duplicate index on disk is not what was written: `ftdata index` makes it again."""


class DiskFullError(StorageError):
    """There is no room to write."""


class ReleaseError(FtdataError):
    """The dataset cannot be assembled from what is built."""


class ProviderError(FtdataError):
    """A model's provider refuses, is out of reach, or answers amiss."""


class BudgetError(ProviderError):
    """The next request would cost more than the settings allow."""


class BatchPendingError(FtdataError):
    """A stage waits for answers of a batch: it is built once they are there."""


def fault_of(error: BaseException) -> str:
    """Kind and place of a fault of ours, `KeyError at tables.py:12`; its text may quote data."""
    frame = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}"
