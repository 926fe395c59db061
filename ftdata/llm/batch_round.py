"""One settling of a stage's requests: take in the batches that have ended, submit what is missing.

Nothing is paid twice. What is to be sent is noted before, with its requests; a batch whose id was
lost by a kill is found again at the provider by the hash of its requests. Answers are kept in one
commit with the note that they came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from sqlite3 import Connection

from ftdata.chat import Answer, ChatRequest, Refused, Usage
from ftdata.errors import BatchPendingError, ProviderError
from ftdata.llm import batch_book as book
from ftdata.llm.batch_client import BatchClient, RemoteBatch, by_digest
from ftdata.llm.batch_lines import Came, Unanswered, codes, read_results, shards
from ftdata.llm.batch_repair import repair
from ftdata.llm.budget import Budget
from ftdata.llm.chat_cache import ChatCache
from ftdata.llm.chat_client import Malformed
from ftdata.llm.dispatch import Client
from ftdata.llm.expected import corrected, learned, uncorrected_usages
from ftdata.llm.ledger import Spender, Spending, add_spending, ratios
from ftdata.llm.tally import Outcome, refuse_useless, spent_by_prompt
from ftdata.settings_llm import Llm
from ftdata.token_count import CountTexts

_TRIES = 4  # of a request that comes back without an answer
_NAMED = 3  # batches in a message
_NOTHING = Usage(0, 0, 0, 0)


class BatchRound:
    """One call of `BatchedChat.settle`."""

    def __init__(
        self,
        cache: ChatCache,
        options: Llm,
        spender: Spender,
        requests: Mapping[bytes, ChatRequest],
        count: CountTexts,
        open_client: Callable[[], Client],
    ) -> None:
        """`requests` are those that the cache lacks, by their keys."""
        self._cache = cache
        self._options = options
        self._spender = spender
        self._requests = requests
        self._count = count
        self._open_client = open_client
        self._budget = Budget(options, spender)
        self._expected: dict[bytes, Usage] = {}
        self._uncorrected: dict[bytes, Usage] = {}
        self._pending: dict[book.Batch, Sequence[bytes]] = {}
        self._faults: list[str] = []
        self.came: dict[bytes, Outcome] = {}
        self.full_price = _NOTHING  # what repairs have cost
        self.unasked: list[bytes] = []  # missing, and not to be asked by a batch

    def run(self, open_batches: Callable[[], BatchClient]) -> None:
        """Take in what has ended, submit what is missing; all that was taken in is in `came`.

        Raises BatchPendingError where something is on its way then, ProviderError where the
        provider refuses or a request came back unanswered too often, BudgetError before a cap is
        passed, StorageError where the cache fails. What was taken in or submitted stays.
        """
        self._expect()
        client = open_batches()
        try:
            self._find_unsent(client)
            self._take_in(client)
            missing = self._missing()
            if self._options.batch:
                self._submit(client, missing)
            else:
                self.unasked = missing
        finally:
            client.close()
            with self._cache.open() as db:
                book.note_waiting(db, self._spender, self._pending)
        if self._pending:
            raise BatchPendingError(self._told())

    def _expect(self) -> None:
        with self._cache.open() as db:
            known = learned(list(ratios(db, self._options.model or "")))
        asked = list(self._requests.values())
        usages = uncorrected_usages(asked, self._count)
        self._uncorrected = dict(zip(self._requests, usages, strict=True))
        self._expected = dict(zip(self._requests, corrected(asked, usages, known), strict=True))

    def _takeable(self, client: BatchClient) -> dict[str, RemoteBatch]:
        with self._cache.open() as db:
            known = book.known_ids(db)
        return by_digest(client, known.__contains__)

    def _find_unsent(self, client: BatchClient) -> None:
        """Batches whose sender was killed: they were taken by the provider, or never sent."""
        with self._cache.open() as db:
            lost = book.unsent(db)
        found = self._takeable(client) if lost else {}
        with self._cache.open() as db:
            for batch in lost:
                remote = found.get(batch.digest)
                if remote is None:
                    book.withdraw(db, batch.number)
                else:
                    book.confirm(db, batch.number, remote.id, remote.created)

    def _take_in(self, client: BatchClient) -> None:
        with self._cache.open() as db:
            held = book.holding(db, self._requests)
        for batch, keys in held.items():
            remote = client.look(batch.id)
            if remote is None:
                self._end(batch, "lost", "is not known there: check whose OPENAI_API_KEY it is")
            elif remote.fault is not None:
                told = f"failed as a whole ({remote.fault}): see it at the provider's"
                self._end(batch, "failed", told)
            elif remote.has_ended:
                requests = {key: self._requests[key] for key in keys}
                came = read_results(client.lines(remote), requests, self._options)
                self._keep(batch, came)
            else:
                self._pending[batch] = keys
        if self._faults:
            raise ProviderError("\n".join(self._faults))
        refuse_useless(self._cache, self._options.model or "", self.came)

    def _end(self, batch: book.Batch, state: book.State, told: str) -> None:
        with self._cache.open() as db:
            book.end(db, batch.number, state)
        self._faults.append(
            f"chat: {batch.id} {told}. Its requests are submitted anew when you build again"
        )

    def _keep(self, batch: book.Batch, came: Mapping[bytes, Came]) -> None:
        """Keep what a batch brought, with what it cost; then ask again for what is malformed."""
        outcomes = {k: one for k, one in came.items() if isinstance(one, Answer | Refused)}
        unanswered = {k: one for k, one in came.items() if isinstance(one, Unanswered)}
        passing = {key: one.code for key, one in unanswered.items() if one.may_pass}
        lasting = {key: one.code for key, one in unanswered.items() if not one.may_pass}

        def note(db: Connection) -> None:
            book.end(db, batch.number, "ended")
            book.take_out(db, [*outcomes, *lasting])
            book.put_off(db, passing)

        spending = self._spending({key: one.usage for key, one in outcomes.items()}, batch.spender)
        self.came |= self._cache.write(outcomes, spending, note)
        if lasting:
            self._faults.append(
                f"chat: {len(lasting)} of {len(came)} requests of {batch.id} were refused"
                f" ({codes(list(lasting.values()))}). All others are kept. Mend what the code says,"
                " or see llm.model and llm.temperature, and build again: they are submitted anew"
            )
        self._repair(batch, {k: one for k, one in came.items() if isinstance(one, Malformed)})

    def _repair(self, batch: book.Batch, malformed: Mapping[bytes, Malformed]) -> None:
        def may_send(under_way: list[bytes], key: bytes) -> None:
            weighed = [self._expected[one] for one in under_way]
            self._budget.check(weighed, self._expected[key], len(malformed) - 1)

        def keep(outcomes: Mapping[bytes, Outcome], repairs: Mapping[bytes, Usage | None]) -> None:
            def note(db: Connection) -> None:
                add_spending(db, self._spending(repairs, self._spender, is_batch=False))
                book.take_out(db, outcomes)

            firsts = {key: malformed[key].usage for key in outcomes}
            spending = self._spending(firsts, batch.spender)
            self.came |= self._cache.write(outcomes, spending, note)
            self.full_price = sum((usage for usage in repairs.values() if usage), self.full_price)
            self._look()

        if malformed:
            self._cache.set_aside()
            self._look()
            client = self._open_client
            repair(malformed, self._requests, self._options, client, may_send, keep)

    def _spending(
        self, usages: Mapping[bytes, Usage | None], spender: Spender, *, is_batch: bool = True
    ) -> Spending:
        by_prompt = spent_by_prompt(usages, self._requests, self._expected, self._uncorrected)
        return Spending(spender, self._options.model or "", is_batch, by_prompt)

    def _look(self) -> None:
        if self._budget.is_capped:
            with self._cache.open() as db:
                self._budget.look(db)

    def _missing(self) -> list[bytes]:
        """What is neither answered nor on its way."""
        pending = {key for keys in self._pending.values() for key in keys}
        found = self._cache.read_all(self._requests)
        return [key for key, outcome in found.items() if outcome is None and key not in pending]

    def _submit(self, client: BatchClient, keys: Sequence[bytes]) -> None:
        if not keys:
            return
        self._give_up(keys)
        self._cache.set_aside()
        found, left = self._takeable(client), len(keys)
        for shard in shards({key: self._requests[key] for key in keys}, self._options):
            remote = found.get(book.digest_of(shard))
            expected = sum((self._expected[key] for key in shard), _NOTHING)
            if remote is None:
                self._look()
                self._budget.check((), expected, left - 1, is_batch=True)
            self._send(client, shard, expected, remote)
            left -= len(shard)

    def _send(
        self,
        client: BatchClient,
        shard: Mapping[bytes, bytes],
        expected: Usage,
        remote: RemoteBatch | None,
    ) -> None:
        """Submit a batch, or take over one of the same requests that nobody has noted."""
        keys, digest = list(shard), book.digest_of(shard)
        model = self._options.model or ""
        with self._cache.open() as db:
            number = book.intend(db, keys, self._spender, model, expected)
        remote = remote or client.submit(shard.values(), digest)
        with self._cache.open() as db:
            book.confirm(db, number, remote.id, remote.created)
        batch = book.Batch(number, remote.id, digest, self._spender, "submitted")
        self._pending[batch] = keys

    def _give_up(self, keys: Iterable[bytes]) -> None:
        """Raise ProviderError where requests came back unanswered too often; then they are anew."""
        with self._cache.open() as db:
            worn = book.tried(db, keys, _TRIES)
            book.take_out(db, worn)
        if worn:
            raise ProviderError(
                f"chat: {len(worn):,} requests were submitted {_TRIES} times and came back without"
                f" an answer, at last by: {codes(list(worn.values()))}. Build again to submit them"
                " anew, or set llm.batch to false to ask them one by one"
            )

    def _told(self) -> str:
        count = sum(map(len, self._pending.values()))
        names = [batch.id for batch in self._pending]
        more = f" and {len(names) - _NAMED} more batches" if len(names) > _NAMED else ""
        return (
            f"{count:,} {'request was' if count == 1 else 'requests were'} submitted as"
            f" {', '.join(names[:_NAMED])}{more}, to be answered within 24 hours: the sensor"
            " finish_batches builds the partition then, or run `ftdata build` again"
        )
