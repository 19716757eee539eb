#!/usr/bin/env python3
"""The store's cases, see e2e/store.

store.py <java> <jar> <work directory> [case ...]
"""
import contextlib
import hashlib
import http.server
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request

MIB = 1024 * 1024
SIZE = int(os.environ.get("MIB", "256")) * MIB
PIECE = 256 * 1024
SLOW = 64 * 1024  # bytes a second of a slow client


class Blob:
    """Content with a digest: a number, then what all of them share."""
    shared = os.urandom(MIB)

    def __init__(self, number, size):
        self.size = size
        self.content = (number.to_bytes(8, "big") + Blob.shared * (size // MIB + 1))[:size]
        self.digest = "sha256:" + hashlib.sha256(self.content).hexdigest()


class Registry:
    """Serves blobs in repositories, counts what it sends, and breaks off as it is told."""

    def __init__(self):
        self.blobs, self.repositories, self.requests, self.sent = {}, {}, [], 0
        self.faults, self.pace, self.lock = [], 0, threading.Lock()
        registry = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_HEAD(self):
                registry.answer(self, False)

            def do_GET(self):
                registry.answer(self, True)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.port = self.server.server_address[1]

    def add(self, blob, repository="acme/app"):
        self.blobs[blob.digest] = blob
        self.repositories.setdefault(repository, set()).add(blob.digest)
        return blob

    def reset(self):
        with self.lock:
            self.requests, self.sent, self.faults, self.pace = [], 0, [], 0

    def answer(self, handler, with_body):
        match = re.fullmatch(r"/v2/(.+)/blobs/(sha256:[0-9a-f]+)", handler.path)
        with self.lock:
            self.requests.append((handler.command, match[1] if match else handler.path, handler.headers.get("Range")))
            fault = self.faults.pop(0) if with_body and self.faults else None
        if not match:
            return self.plain(handler, 200 if handler.path == "/v2/" else 404, b"{}")
        blob = self.blobs.get(match[2])
        if blob is None or match[2] not in self.repositories.get(match[1], ()):
            return self.plain(handler, 404, b'{"errors":[{"code":"BLOB_UNKNOWN","message":"no"}]}')
        if fault in ("500", "html"):
            return self.plain(handler, 500 if fault == "500" else 200, b"<html>sorry</html>", "text/html")
        first, end = 0, blob.size
        span = re.fullmatch(r"bytes=(\d+)-(\d*)", handler.headers.get("Range", ""))
        suffix = re.fullmatch(r"bytes=-(\d+)", handler.headers.get("Range", ""))
        if span:
            first, end = int(span[1]), min(int(span[2]) + 1, blob.size) if span[2] else blob.size
        elif suffix:
            first = max(0, blob.size - int(suffix[1]))
        if first >= blob.size:
            handler.send_response(416)
            handler.send_header("Content-Range", f"bytes */{blob.size}")
            handler.send_header("Content-Length", "0")
            return handler.end_headers()
        handler.send_response(206 if span or suffix else 200)
        handler.send_header("Content-Length", str(end - first))
        handler.send_header("Content-Type", "application/octet-stream")
        if span or suffix:
            handler.send_header("Content-Range", f"bytes {first}-{end - 1}/{blob.size}")
        handler.end_headers()
        if with_body:
            self.send(handler, blob, first, end, fault)
        return None

    @staticmethod
    def plain(handler, status, body, kind="application/json"):
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        if handler.command == "GET":
            handler.wfile.write(body)

    def send(self, handler, blob, first, end, fault):
        view, at, breaks = memoryview(blob.content), first, first + (end - first) // 3
        try:
            while at < end:
                count = min(PIECE, end - at)
                piece = view[at:at + count]
                if fault and at + count > breaks:
                    if fault == "wrong":
                        piece, fault = bytes([piece[0] ^ 1]) + bytes(piece[1:]), None
                    else:
                        return self.break_off(handler, fault)
                handler.wfile.write(piece)
                at += count
                with self.lock:
                    self.sent += count
                if self.pace:
                    time.sleep(count / self.pace)
        except OSError:
            handler.close_connection = True
        return None

    @staticmethod
    def break_off(handler, fault):
        handler.close_connection = True
        if fault == "stall":
            time.sleep(90)
        elif fault == "reset":
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            handler.connection.close()
        else:
            handler.connection.shutdown(socket.SHUT_RDWR)

    def count(self, method):
        with self.lock:
            return sum(request[0] == method for request in self.requests)


class Sluice:
    """The real program, with a store in a directory."""

    def __init__(self, java, jar, work, registry, store, **settings):
        self.port, self.management = free_port(), free_port()
        config = os.path.join(work, "sluice.yml")
        store_settings = {"path": store, **settings}
        with open(config, "w", encoding="utf-8") as file:
            json.dump({"server": {"address": "127.0.0.1", "port": self.port},
                       "management.server": {"address": "127.0.0.1", "port": self.management},
                       "sluice": {"upstreams": [{"name": "reg.example.test",
                                                 "endpoints": [f"http://127.0.0.1:{registry.port}"]}],
                                  "credentials": {"docker-config": [os.path.join(work, "config.json")]},
                                  "store": store_settings}}, file)
        with open(os.path.join(work, "config.json"), "w", encoding="utf-8") as file:
            file.write("{}")
        self.log_path = os.path.join(work, "logs", f"sluice-{self.port}.log")
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(
                [java, "-Xmx256m", "--enable-native-access=ALL-UNNAMED", "-Dio.netty.leakDetection.level=paranoid",
                 "-jar", jar, f"--spring.config.additional-location=file:{config}"], stdout=log, stderr=log)
        eventually(self.is_ready, 60, "the start")

    def is_ready(self):
        if self.process.poll() is not None:
            raise AssertionError("it ended: " + self.log()[-2000:])
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(f"http://127.0.0.1:{self.management}/actuator/health/readiness").status == 200
        return False

    def health(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.management}/actuator/health") as answer:
                return json.load(answer)["components"]["store"]
        except urllib.error.HTTPError as error:
            return json.load(error)["components"]["store"]

    def log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as file:
            return file.read()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait(60)
        assert "LEAK" not in self.log(), "a buffer leaked"

    def resident_mb(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            return int(re.search(r"VmHWM:\s+(\d+)", file.read())[1]) // 1024

    def connect(self, blob, repository="acme/app", span=None):
        client = socket.create_connection(("127.0.0.1", self.port))
        client.settimeout(180)
        ranged = f"Range: bytes={span}\r\n" if span else ""
        client.sendall(f"GET /v2/{repository}/blobs/{blob.digest}?ns=reg.example.test HTTP/1.1\r\n"
                       f"Host: 127.0.0.1:{self.port}\r\n{ranged}Connection: close\r\n\r\n".encode())
        return client

    def pull(self, blob, repository="acme/app", span=None, pace=0, stop_at=None, compare=True):
        """The status and how many right bytes came; a wrong one is an error."""
        first = int(span.split("-")[0] or blob.size - int(span.split("-")[1])) if span else 0
        client = self.connect(blob, repository, span)
        buffer, head, got, begun = bytearray(PIECE), b"", 0, time.monotonic()
        expected, status, length = memoryview(blob.content), 0, -1
        with client:
            while True:
                try:
                    count = client.recv_into(buffer)
                except ConnectionError:
                    count = 0
                if count == 0:
                    return Pulled(status, length, got, time.monotonic() - begun)
                piece = memoryview(buffer)[:count]
                if length < 0:
                    head += piece
                    text, found, rest = head.partition(b"\r\n\r\n")
                    if not found:
                        continue
                    status = int(text.split(b" ")[1])
                    announced = re.search(rb"(?i)content-length: (\d+)", text)
                    length, piece = int(announced[1]) if announced else 0, memoryview(rest)
                if compare and status in (200, 206):
                    assert piece == expected[first + got:first + got + len(piece)], "a wrong byte"
                got += len(piece)
                if stop_at is not None and got >= stop_at:
                    return Pulled(status, length, got, time.monotonic() - begun)
                if pace:
                    time.sleep(max(0.0, got / pace - (time.monotonic() - begun)))


class Pulled:
    def __init__(self, status, length, got, seconds):
        self.status, self.length, self.got, self.seconds = status, length, got, seconds

    @property
    def whole(self):
        return self.status in (200, 206) and self.got == self.length


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def eventually(condition, seconds, what):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, what + " didn't come to pass"
        time.sleep(0.05)


def at_once(*tasks):
    """Runs tasks in threads, and hands on what they return or raise."""
    results = [None] * len(tasks)

    def run(index, task):
        try:
            results[index] = task()
        except BaseException as failure:  # handed on below
            results[index] = failure

    threads = [threading.Thread(target=run, args=it, daemon=True) for it in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return results


class Cases:
    def __init__(self, java, jar, work):
        self.java, self.jar, self.work = java, jar, work
        self.registry, self.numbers = Registry(), 0

    @contextlib.contextmanager
    def sluice(self, store=None, **settings):
        store = store or os.path.join(self.work, f"store-{time.monotonic_ns()}")
        running = Sluice(self.java, self.jar, self.work, self.registry, store, **settings)
        running.store = store
        try:
            yield running
            running.stop()
        finally:
            if running.process.poll() is None:
                running.kill()

    def blob(self, size=SIZE, repository="acme/app"):
        self.numbers += 1
        return self.registry.add(Blob(self.numbers, size), repository)

    def held(self, sluice, blob):
        algorithm, digest = blob.digest.split(":")
        path = os.path.join(sluice.store, "blobs", algorithm, digest[:2], digest)
        return path if os.path.exists(path) else None

    def many_clients_cost_one_download(self):
        with self.sluice() as sluice:
            blob, self.registry.pace = self.blob(), 200 * MIB
            slow, late = [], []

            def slow_reader():
                slow.append(sluice.pull(blob, pace=SLOW, stop_at=blob.size // 8))

            def late_reader():
                eventually(lambda: self.registry.sent > 0.9 * blob.size, 120, "nine tenths")
                late.append(sluice.pull(blob))

            threading.Thread(target=slow_reader, daemon=True).start()
            results = at_once(lambda: sluice.pull(blob, stop_at=PIECE), late_reader,
                              *[lambda: sluice.pull(blob) for _ in range(48)])
            assert all(result.whole for result in results[2:]) and late[0].whole, "a client didn't get all"
            assert not slow, "the slow reader was done before the others"
            assert self.registry.sent <= 1.01 * blob.size, f"{self.registry.sent} bytes for {blob.size}"
            again = sluice.pull(blob)
            assert again.whole and self.registry.count("GET") == 1, "it was fetched again"
            return f"{self.registry.sent / blob.size:.3f} of its bytes, {self.registry.count('HEAD')} HEAD, " \
                   f"resident {sluice.resident_mb()} MB"

    def parts_while_it_comes_in(self):
        with self.sluice() as sluice:
            blob, self.registry.pace = self.blob(), 30 * MIB
            whole = threading.Thread(target=sluice.pull, args=(blob,), daemon=True)
            whole.start()
            eventually(lambda: self.registry.sent > blob.size // 8, 60, "an eighth")
            head = self.registry.sent
            near = [f"0-{MIB}", f"{head // 2}-{head // 2 + 5}", f"{head + MIB}-{head + 2 * MIB}", f"{head // 3}-"]
            assert all(it.whole and it.status == 206 for it in
                       at_once(*[lambda span=span: sluice.pull(blob, span=span) for span in near[:3]]))
            assert self.registry.count("GET") == 1, "a near part was asked for apart"
            begun = time.monotonic()
            assert sluice.pull(blob, span=f"{blob.size - 1000}-{blob.size - 1}").whole
            assert sluice.pull(blob, span="-1000").whole
            assert time.monotonic() - begun < 2, "a far part waited"
            assert self.registry.count("GET") == 3, f"far parts cost {self.registry.count('GET') - 1} GETs"
            assert sluice.pull(blob, span=near[3]).whole
            assert sluice.pull(blob, span=f"{blob.size}-").status == 416
            whole.join()

    def an_upstream_that_breaks_off_five_times(self):
        with self.sluice() as sluice:
            blob, self.registry.faults = self.blob(), ["reset", "end", "reset", "500", "reset"]
            assert sluice.pull(blob).whole
            assert self.registry.count("GET") == 6
            assert self.registry.sent <= 1.05 * blob.size

    def the_six_faults(self):
        said = []
        with self.sluice() as sluice:
            for fault in ("reset", "end", "500 later", "html later", "wrong", "stall"):
                self.registry.reset()
                blob = self.blob()
                self.registry.faults = ["reset", fault.split()[0]] if " " in fault else [fault]
                pulled = sluice.pull(blob, compare=fault != "wrong")
                if fault == "wrong":
                    assert not pulled.whole, "a complete wrong blob"
                    assert pulled.got < blob.size
                    assert sluice.pull(blob).whole, "the next pull isn't right"
                else:
                    assert pulled.whole, f"{fault}: {pulled.got} of {blob.size}"
                said.append(f"{fault} {pulled.seconds:.1f} s")
        return ", ".join(said)

    def a_repository_that_does_not_have_it(self):
        with self.sluice() as sluice:
            blob, self.registry.pace = self.blob(), 100 * MIB
            pulling = threading.Thread(target=sluice.pull, args=(blob,), daemon=True)
            pulling.start()
            eventually(lambda: self.registry.sent > MIB, 30, "its beginning")
            assert sluice.pull(blob, repository="other/repo").status == 404
            pulling.join()
            assert sluice.pull(blob, repository="other/repo").status == 404
            asked = [it for it in self.registry.requests if it[1] == "other/repo"]
            assert [it[0] for it in asked] == ["HEAD", "HEAD"], asked

    def a_small_disk_that_fills_up(self):
        disk = os.path.join(self.work, "disk")
        os.makedirs(disk, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", disk], check=True)
        try:
            with self.sluice(store=os.path.join(disk, "store"), **{"max-size": "1GB", "min-free-disk": "1MB"}) as sluice:
                blobs = [self.blob(16 * MIB) for _ in range(6)]
                assert all(sluice.pull(blob).whole for blob in blobs), "a pull failed for want of room"
                filler = os.path.join(disk, "filler")
                sluice.pull(blobs[0])
                with open(filler, "wb") as file, contextlib.suppress(OSError):
                    while True:
                        file.write(bytes(MIB))
                more = [self.blob(16 * MIB) for _ in range(4)]
                assert all(sluice.pull(blob).whole for blob in more), "a pull failed on a full disk"
                os.remove(filler)
                last = self.blob(8 * MIB)

                def kept():
                    assert sluice.pull(last).whole
                    return self.held(sluice, last)

                eventually(kept, 60, "healing")
                return json.dumps(sluice.health())[:300]
        finally:
            subprocess.run(["umount", "-l", disk], check=True)

    def a_disk_that_others_fill_in_the_middle(self):
        disk = os.path.join(self.work, "disk2")
        os.makedirs(disk, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk], check=True)
        try:
            with self.sluice(store=os.path.join(disk, "store"), **{"max-size": "1GB", "min-free-disk": "1MB"}) as sluice:
                blob, self.registry.pace = self.blob(48 * MIB), 20 * MIB
                results = []
                pulling = [threading.Thread(target=lambda: results.append(sluice.pull(blob)), daemon=True)
                           for _ in range(3)]
                for thread in pulling:
                    thread.start()
                eventually(lambda: self.registry.sent > 10 * MIB, 30, "its beginning")
                with open(os.path.join(disk, "filler"), "wb") as file, contextlib.suppress(OSError):
                    while True:
                        file.write(bytes(MIB))
                for thread in pulling:
                    thread.join()
                assert len(results) == 3 and all(it.whole for it in results), [it.got for it in results]
                health = sluice.health()
                assert health["status"] == "DEGRADED", health
                return json.dumps(health)[:300]
        finally:
            subprocess.run(["umount", "-l", disk], check=True)

    def the_directory_is_removed_and_a_file_cut_short(self):
        with self.sluice() as sluice:
            blob = self.blob()
            assert sluice.pull(blob).whole
            eventually(lambda: self.held(sluice, blob), 30, "keeping it")
            os.truncate(self.held(sluice, blob), 1000)
            assert sluice.pull(blob).whole, "a file cut short wasn't fetched anew"
            subprocess.run(["rm", "-rf", os.path.join(sluice.store, "blobs"), os.path.join(sluice.store, "incoming")],
                           check=True)
            assert sluice.pull(blob).whole and sluice.pull(self.blob()).whole
            os.makedirs(os.path.join(sluice.store, "blobs"))
            os.makedirs(os.path.join(sluice.store, "incoming"))
            other = self.blob()

            def kept():
                assert sluice.pull(other).whole
                return self.held(sluice, other)

            eventually(kept, 60, "healing")

    def no_more_than_it_may_hold(self):
        limit, most, over = 256 * MIB, [0], threading.Event()
        disk = os.path.join(self.work, "disk3")
        os.makedirs(disk, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1g", "tmpfs", disk], check=True)
        try:
            with self.sluice(store=os.path.join(disk, "store"), **{"max-size": "256MiB", "min-free-disk": "1MB"}) as sluice:
                blobs = [self.blob(size) for size in [16 * MIB] * 60 + [48 * MIB] * 10]

                def sample():
                    while not over.is_set():
                        known = os.statvfs(disk)
                        most[0] = max(most[0], (known.f_blocks - known.f_bfree) * known.f_frsize)
                        time.sleep(0.005)

                def client(seed):
                    order = blobs[:]
                    random.Random(seed).shuffle(order)
                    return all(sluice.pull(blob).whole for blob in order[:25])

                sampler = threading.Thread(target=sample)
                sampler.start()
                assert all(at_once(*[lambda seed=seed: client(seed) for seed in range(20)])), "a pull was lost"
                over.set()
                sampler.join()
                assert most[0] <= limit, f"{most[0]} bytes on disk"
                return f"{most[0] / limit:.2f} of it at the most, {self.registry.sent / MIB:.0f} MiB fetched"
        finally:
            over.set()
            subprocess.run(["umount", "-l", disk], check=True)

    def killed_at_random(self):
        store, pulled, under_way, kept = os.path.join(self.work, "killed"), [], 0, 0
        for round_number in range(10):
            with self.sluice(store=store, **{"max-size": "200MiB", "min-free-disk": "1MB"}) as sluice:
                assert not os.listdir(os.path.join(store, "incoming")), "incoming isn't empty"
                kept += self.verified(sluice, pulled)
                blobs = [self.blob(24 * MIB) for _ in range(6)]
                self.registry.pace = 60 * MIB
                for blob in blobs:
                    threading.Thread(target=self.pulled_unless_killed, args=(sluice, blob), daemon=True).start()
                time.sleep(random.Random(round_number).uniform(0.3, 3))
                sluice.kill()
                under_way += len(os.listdir(os.path.join(store, "incoming"))) > 0
                pulled += blobs
                sluice.stop = lambda: None
        assert under_way >= 3 and kept >= 3, f"killed {under_way} times in a fill, {kept} blobs looked at"
        self.registry.pace = 0
        with self.sluice(store=store) as sluice:
            kept += self.verified(sluice, pulled)
            assert all(sluice.pull(blob).whole for blob in pulled)
        return f"{under_way} of 10 in a fill, {kept} files on disk compared"

    def verified(self, sluice, blobs):
        """How many of them are on disk: each must be right."""
        held = [blob for blob in blobs if self.held(sluice, blob)]
        for blob in held:
            with contextlib.suppress(FileNotFoundError), open(self.held(sluice, blob) or "", "rb") as file:
                assert file.read() == blob.content, "a wrong blob on disk"
        return len(held)

    @staticmethod
    def pulled_unless_killed(sluice, blob):
        with contextlib.suppress(OSError):
            sluice.pull(blob)


def main():
    cases = Cases(*sys.argv[1:4])
    names = sys.argv[4:] or [name for name, it in vars(Cases).items()
                             if callable(it) and name not in ("__init__", "sluice", "blob", "held", "verified")]
    failed = 0
    for name in names:
        cases.registry.reset()
        cases.registry.blobs.clear()
        begun = time.monotonic()
        try:
            said = getattr(cases, name)()
            print(f"ok   {name} ({time.monotonic() - begun:.0f} s){': ' + said if said else ''}", flush=True)
        except Exception as failure:  # a case that fails ends no other
            failed += 1
            print(f"FAIL {name}: {type(failure).__name__}: {failure}", flush=True)
    print(f"store: {len(names) - failed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
