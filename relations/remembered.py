"""What many pages ask alike: asked once, and given again as long as nothing changes in the register.

Pages of one list differ in their rows, and have their number and the names that their forms offer in common.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import update_wrapper
from threading import Lock
from typing import Any

from django.db import connections

from config.databases import current


class Remembered:
    """A question whose answers are kept in this process, the `most` that were asked for last.

    An answer is of the data version that the request has read before its first query, and is given to requests that
    have read the same one. Where there is none (the desk, commands), or in a transaction, which may have changed
    something since, it is asked anew. Whoever is given an answer must not change it.
    """

    def __init__(self, ask: Callable[..., Any], most: int) -> None:
        self.ask, self.most = ask, most
        self.answers: OrderedDict[tuple[Hashable, ...], Any] = OrderedDict()
        self.lock = Lock()
        update_wrapper(self, ask)

    def __call__(self, *asked: Hashable) -> Any:
        answer = self.known(*asked)
        if answer is None:
            answer = self.ask(*asked)
            self.keep(answer, *asked)
        return answer

    def known(self, *asked: Hashable) -> Any:
        """The answer that is kept; None where there is none."""
        key = (current.version, *asked)
        with self.lock:
            if not self.is_kept or key not in self.answers:
                return None
            self.answers.move_to_end(key)
            return self.answers[key]

    def keep(self, answer: Any, *asked: Hashable) -> None:
        """Keeps an answer that was found by asking for more than this."""
        with self.lock:
            if self.is_kept:
                self.answers[current.version, *asked] = answer
            while len(self.answers) > self.most:
                self.answers.popitem(last=False)

    @property
    def is_kept(self) -> bool:
        """Whether an answer may be kept, and one that was kept be given."""
        return bool(current.version) and not connections[current.database].in_atomic_block


def remembered(most: int) -> Callable[[Callable[..., Any]], Remembered]:
    """Has so many answers of a function kept, by what it is asked."""
    return lambda ask: Remembered(ask, most)
