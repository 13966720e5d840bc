"""`python -m oicmediation.runtime.probe URL`: ask a web process how it is, from a container."""

from __future__ import annotations

import http.client
import sys
from urllib.parse import urlsplit

from oicmediation.settings.environment import allowed_hosts


def is_well(url: str, *, host_name: str) -> bool:
    """Whether `url` answers 200 within five seconds when asked under `host_name`."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=5)
    try:
        connection.request("GET", parts.path, headers={"Host": host_name})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def main(url: str) -> int:
    """Return the exit code that tells a container's keeper how the process is."""
    return int(not is_well(url, host_name=allowed_hosts()[0]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
