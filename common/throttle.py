"""How often a door may be knocked at: counted in the cache, in windows of fixed length."""

from __future__ import annotations

import hashlib
import time

from django.core.cache import cache


def is_too_often(name: str, key: str, *, most: int, seconds: int) -> bool:
    """Count one more knock and tell whether there were more than `most` in this window.

    While the cache is away nothing is counted: what stands behind the door must not rest on it.

    Args:
        name: which door.
        key: whose knocks are counted together; kept as a hash.
        most: how many are let through.
        seconds: how long a window is.
    """
    window = int(time.time() // seconds)
    digest = hashlib.sha256(key.encode()).hexdigest()
    bucket = f"throttle:{name}:{digest}:{window}"
    cache.add(bucket, 0, seconds)
    try:
        return int(cache.incr(bucket)) > most
    except ValueError:  # the window closed between the two
        return False
