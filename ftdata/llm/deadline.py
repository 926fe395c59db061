"""A time by which an answer must be there whole: a time-out alone is one of each read of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from httpx2 import ReadTimeout, Response, SyncByteStream  # the `openai` client's own


def ends_within(seconds: float) -> Callable[[Response], None]:
    """A hook of the client: reading a body raises ReadTimeout where it takes longer."""

    def limit(response: Response) -> None:
        assert isinstance(response.stream, SyncByteStream)
        response.stream = _Limited(response.stream, time.monotonic() + seconds)

    return limit


class _Limited(SyncByteStream):
    def __init__(self, body: SyncByteStream, until: float) -> None:
        self._body = body
        self._until = until

    def __iter__(self) -> Iterator[bytes]:
        for part in self._body:
            if time.monotonic() > self._until:
                raise ReadTimeout("the answer is not there in time")
            yield part

    def close(self) -> None:
        self._body.close()
