#!/usr/bin/env python3
"""An evil registry, a good one, and clients that don't read.

attacks.py serve <evil port> <good port>
attacks.py crowd <Sluice's host:port> <clients>: prints how many of these, who come at once, were answered
attacks.py attack <Sluice's host:port> <clients> <seconds>: prints what came of it as JSON
attacks.py probe <Sluice's host:port> <seconds>: prints how /v2/ was answered meanwhile as JSON; a process of its
    own, for the others are busy
attacks.py heads <Sluice's host:port> <clients> <seconds>: these send heads of 90 lines and 15 KiB that don't end

The evil registry serves, under names that say what they do: valid manifests of 4 MiB, 4 MiB
of braces, 1 MiB in chunks of a byte, lists whose Link header has 30,000 brackets, tokens and
errors nested 30,000 deep.
"""
import asyncio
import hashlib
import json
import statistics
import sys
import time

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
LIMIT = 4 * 1024 * 1024
EVIL, GOOD = "evil.example.test", "good.example.test"


def manifest(annotation):
    empty = {"mediaType": "application/vnd.oci.empty.v1+json", "size": 2,
             "digest": "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"}
    return json.dumps({"schemaVersion": 2, "mediaType": MANIFEST, "config": empty, "layers": [empty],
                       "annotations": {"x": annotation}}).encode()


BIG = manifest("x" * (LIMIT - 600))
SMALL = manifest("small")
BRACES = b"[" + b"{}," * ((LIMIT - 10) // 3) + b"{}]"
DEEP = b'{"errors":' + b"[" * 30_000 + b"]" * 30_000 + b"}"


def answer(status, headers, body):
    lines = [f"HTTP/1.1 {status} x", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def digest(body):
    return "Docker-Content-Digest: sha256:" + hashlib.sha256(body).hexdigest()


BIG_ANSWER = answer(200, [f"Content-Type: {MANIFEST}", digest(BIG)], BIG)
SMALL_ANSWER = answer(200, [f"Content-Type: {MANIFEST}", digest(SMALL)], SMALL)
BRACES_ANSWER = answer(200, ["Content-Type: application/json", digest(BRACES)], BRACES)
CHUNKS_ANSWER = (f"HTTP/1.1 200 x\r\nContent-Type: {MANIFEST}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
                 + b"1\r\nx\r\n" * (1024 * 1024) + b"0\r\n\r\n")


def evil(path, head, port):
    if "/braces/" in path:
        return BRACES_ANSWER
    if "/chunks/" in path:
        return CHUNKS_ANSWER
    if "/links/" in path:
        return answer(200, ["Content-Type: application/json", "Link: " + "<" * 30_000], b'{"name":"x","tags":[]}')
    if "/tokens/" in path:
        challenge = f'WWW-Authenticate: Bearer realm="http://127.0.0.1:{port}/deep",service="x"'
        return answer(401, [challenge], b"{}")
    if path.startswith("/deep"):
        return answer(200, ["Content-Type: application/json"], DEEP)
    if "/errors/" in path:
        return answer(404, ["Content-Type: application/json"], DEEP)
    return BIG_ANSWER


def good(path, head, port):
    return SMALL_ANSWER


async def serve(reader, writer, respond, port):
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            method, path, _ = head.split(" ", 2)
            whole = respond(path, head, port)
            writer.write(whole[:whole.index(b"\r\n\r\n") + 4] if method == "HEAD" else whole)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def serve_both(evil_port, good_port):
    for respond, port in ((evil, evil_port), (good, good_port)):
        await asyncio.start_server(lambda r, w, respond=respond, port=port: serve(r, w, respond, port),
                                   "127.0.0.1", port, limit=65_536, backlog=1024)
    await asyncio.Event().wait()


class Sluice:
    def __init__(self, address):
        self.host, self.port = address.rsplit(":", 1)

    async def ask(self, path, registry, read=True):
        """The status and the body, or the open connection if it isn't read."""
        reader, writer = await asyncio.open_connection(self.host, int(self.port), limit=1 << 16)
        ns = f"?ns={registry}" if registry else ""
        writer.write(f"GET {path}{ns} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        if not read:
            return reader, writer
        try:
            raw = await reader.read(-1)
        finally:
            writer.close()
        head, _, body = raw.partition(b"\r\n\r\n")
        return (int(head.split(b" ", 2)[1]) if head else 0), body


async def attack(address, clients, seconds):
    sluice, end = Sluice(address), time.monotonic() + seconds
    pulls, evils = [], []

    async def until_the_end(pause, step):
        while time.monotonic() < end:
            try:
                await step()
            except (OSError, asyncio.TimeoutError, asyncio.IncompleteReadError):
                pass
            await asyncio.sleep(pause)

    async def pull():
        try:
            status, body = await asyncio.wait_for(sluice.ask("/v2/acme/app/manifests/1", GOOD), 30)
            pulls.append(status if body == SMALL or status != 200 else -1)
        except (OSError, asyncio.TimeoutError):
            pulls.append(0)

    def mischief(path):
        async def step():
            status, _ = await asyncio.wait_for(sluice.ask(path, EVIL), 30)
            evils.append(status)
        return step

    held = []

    async def hold(number):
        await asyncio.sleep(number % 50 / 10)
        while time.monotonic() < end:
            try:
                reader, writer = await sluice.ask(f"/v2/acme/big{number}/manifests/1", EVIL, read=False)
                held.append(writer)
                await asyncio.sleep(max(0.0, min(60, end - time.monotonic())))
                writer.transport.abort()
            except OSError:
                await asyncio.sleep(0.5)

    await pull()
    paths = ["/v2/acme/braces/manifests/1", "/v2/acme/links/tags/list", "/v2/acme/tokens/manifests/1",
             "/v2/acme/errors/manifests/1"]
    await asyncio.gather(until_the_end(0.05, pull), *(until_the_end(0.05, mischief(path)) for path in paths),
                         *(hold(number) for number in range(clients)))
    return {"good_pulls": len(pulls), "good_failed": sum(status != 200 for status in pulls),
            "unread": len(held), "evil_statuses": {str(s): evils.count(s) for s in sorted(set(evils))}}


async def probe(address, seconds):
    sluice, end, waits = Sluice(address), time.monotonic() + seconds, []
    while time.monotonic() < end:
        begun = time.monotonic()
        try:
            status, _ = await asyncio.wait_for(sluice.ask("/v2/", None), 30)
        except (OSError, asyncio.TimeoutError):
            status = 0
        waits.append((time.monotonic() - begun, status))
        await asyncio.sleep(0.1)
    times = [wait for wait, _ in waits]
    return {"base_asked": len(waits), "base_failed": sum(status != 200 for _, status in waits),
            "base_median_ms": round(statistics.median(times) * 1000), "base_longest_ms": round(max(times) * 1000)}


async def crowd(address, clients):
    """All come at once, and each is answered."""
    sluice = Sluice(address)

    async def come():
        try:
            return (await asyncio.wait_for(sluice.ask("/v2/", None), 60))[0]
        except (OSError, asyncio.TimeoutError):
            return 0

    statuses = await asyncio.gather(*(come() for _ in range(clients)))
    return sum(status == 200 for status in statuses)


async def heads(address, clients, seconds):
    sluice = Sluice(address)
    lines = "".join(f"x{number}:{'y' * 160}\r\n" for number in range(90))
    unfinished = f"GET /v2/ HTTP/1.1\r\nHost: {address}\r\n{lines}x:".encode()

    async def send():
        try:
            _, writer = await asyncio.wait_for(asyncio.open_connection(sluice.host, int(sluice.port)), seconds)
            writer.write(unfinished)
            return writer
        except (OSError, asyncio.TimeoutError):
            return None

    end = time.monotonic() + seconds
    writers = await asyncio.gather(*(send() for _ in range(clients)))
    await asyncio.sleep(max(0.0, end - time.monotonic()))
    for writer in filter(None, writers):
        writer.transport.abort()


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        asyncio.run(serve_both(int(sys.argv[2]), int(sys.argv[3])))
    elif sys.argv[1] == "crowd":
        print(asyncio.run(crowd(sys.argv[2], int(sys.argv[3]))))
    elif sys.argv[1] == "heads":
        asyncio.run(heads(sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
    elif sys.argv[1] == "probe":
        print(json.dumps(asyncio.run(probe(sys.argv[2], int(sys.argv[3])))))
    else:
        print(json.dumps(asyncio.run(attack(sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))))
