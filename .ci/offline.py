"""Starts an offline folder as a double click does, with the network cut, and checks a folder on its page.

``unshare -n python .ci/offline.py FOLDER PLANS``
"""

from __future__ import annotations

import fcntl
import http.cookiejar
import re
import socket
import struct
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

GET_FLAGS, SET_FLAGS, UP = 0x8913, 0x8914, 0x1
SECONDS = 600


def bring_up_loopback() -> None:
    """Bring up the machine's own address, which a new network namespace has down."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        name = b"lo".ljust(16, b"\0")
        flags = struct.unpack("16sh", fcntl.ioctl(line, GET_FLAGS, name + b"\0\0"))[1]
        fcntl.ioctl(line, SET_FLAGS, struct.pack("16sh", name, flags | UP))


def main(folder: Path, plans: Path) -> int:
    """Give 0 where the page shows the matrix of the plans."""
    bring_up_loopback()
    start = next(folder.glob("start-*.sh"))
    process = subprocess.Popen([start, "--no-browser"], stdout=subprocess.PIPE, encoding="utf-8")
    try:
        assert process.stdout is not None
        lines = [process.stdout.readline(), process.stdout.readline()]
        address = lines[1].strip()
        base = address.partition("/?")[0]
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        opener = urllib.request.build_opener(jar)

        def read(where: str, fields: dict[str, str] | None = None) -> str:
            data = urllib.parse.urlencode(fields).encode() if fields else None
            headers = {"Origin": base} if fields else {}
            with opener.open(urllib.request.Request(where, data, headers)) as answer:
                text: str = answer.read().decode()
                return text

        csrf = re.findall(r'name="csrf" content="([^"]+)"', read(address))[0]
        read(f"{base}/cases", {"csrf": csrf, "name": "Uten nett", "folder": str(plans.absolute())})
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            text = read(f"{base}/cases/Uten%20nett")
            if 'id="grid"' in text:
                count = text.count('<td class="st-')
                print(f"{count} findings shown with the network cut")
                return 0
            if 'data-state="failed"' in text:
                print(text)
                return 1
            time.sleep(1)
        return 1
    finally:
        process.terminate()
        process.wait(60)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
