"""Serves the sandbox from a process of its own: `python -m sandbox.server [PORT]`.

One line of JSON on the standard output says where it listens and which token its admin calls need. SIGTERM or
SIGINT ends it, and all that it held is gone.
"""

import json
import signal
import sys

from sandbox.server.serving import serving

ENDING = {signal.SIGTERM, signal.SIGINT}


def main(port: int = 0) -> None:
    """Serve until told to end."""
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    with serving(port) as server:
        print(json.dumps({"url": server.url, "token": server.token}), flush=True)
        signal.sigwait(ENDING)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
