"""A cache in each process for results that many pages share, valid as long as the data version is the same.

The pages of one list differ in their rows, but share the number of all rows and the names that the form offers.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import update_wrapper
from threading import Lock
from typing import Any

from django.db import connections

from config.databases import current


class Remembered:
    """A function whose results are cached by data version and arguments, the `most` recently used ones.

    The version is the one that the request read before its first query. Nothing is cached where there is none (at the
    desk, in commands), or within a transaction, which may have changed the data since. Callers must not change a
    result, and None is never cached.
    """

    def __init__(self, function: Callable[..., Any], most: int) -> None:
        self.function, self.most = function, most
        self.results: OrderedDict[tuple[Hashable, ...], Any] = OrderedDict()
        self.lock = Lock()
        update_wrapper(self, function)

    def __call__(self, *arguments: Hashable) -> Any:
        result = self.cached(*arguments)
        if result is None:
            result = self.function(*arguments)
            self.store(result, *arguments)
        return result

    def cached(self, *arguments: Hashable) -> Any:
        """The cached result; None where there is none."""
        key = (current.version, *arguments)
        with self.lock:
            if not self.is_usable or key not in self.results:
                return None
            self.results.move_to_end(key)
            return self.results[key]

    def store(self, result: Any, *arguments: Hashable) -> None:
        """Caches a result, also one that the caller has from elsewhere, such as a query for more than this."""
        with self.lock:
            if self.is_usable:
                self.results[current.version, *arguments] = result
            while len(self.results) > self.most:
                self.results.popitem(last=False)

    @property
    def is_usable(self) -> bool:
        """Whether results may be cached, and cached ones be returned, at this point of the request."""
        return bool(current.version) and not connections[current.database].in_atomic_block


def remembered(most: int) -> Callable[[Callable[..., Any]], Remembered]:
    """Decorates a function whose results are cached, the `most` recently used ones."""
    return lambda function: Remembered(function, most)
