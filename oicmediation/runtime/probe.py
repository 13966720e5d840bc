"""`python -m oicmediation.runtime.probe URL`: ask a web process how it is, from a container."""

from __future__ import annotations

import sys
import urllib.error
import urllib.request

from oicmediation.settings.environment import allowed_hosts


def main(url: str) -> int:
    """Return 0 when `url` answers 200 under the first host name that is allowed."""
    request = urllib.request.Request(url, headers={"Host": allowed_hosts()[0]})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - our own address
            return int(answer.status != 200)
    except (urllib.error.URLError, OSError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
