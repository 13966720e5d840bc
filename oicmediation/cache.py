"""A cache whose absence slows pages down and breaks none of them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def _forgive(name: str, answer: Callable[..., Any]) -> Callable[..., Any]:
    """Return the backend's method `name`, answering as an empty cache does while it is away."""
    method = getattr(RedisCache, name)

    @wraps(method)
    def forgiving(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return method(self, *args, **kwargs)
        except (RedisError, OSError) as error:
            logger.warning("the cache is away (%s): %s", name, error)
            return answer(*args, **kwargs)

    return forgiving


def _default(key: str, default: Any = None, version: int | None = None) -> Any:
    return default


def _constant(value: Any) -> Callable[..., Any]:
    return lambda *args, **kwargs: value


class ForgivingRedisCache(RedisCache):
    """Redis or Valkey as a cache; while it is away every key is simply absent."""

    add = _forgive("add", _constant(True))
    get = _forgive("get", _default)
    set = _forgive("set", _constant(None))
    touch = _forgive("touch", _constant(False))
    delete = _forgive("delete", _constant(False))
    get_many = _forgive("get_many", lambda *args, **kwargs: {})
    has_key = _forgive("has_key", _constant(False))
    incr = _forgive("incr", _constant(1))
    set_many = _forgive("set_many", lambda *args, **kwargs: [])
    delete_many = _forgive("delete_many", _constant(None))
    clear = _forgive("clear", _constant(False))
