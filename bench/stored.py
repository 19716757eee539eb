"""The cases of the store: beside nginx proxy_cache, distribution as a pull-through cache, and a bare pipeline."""
import concurrent.futures
import shutil
import socket
import statistics
import subprocess
import time
import urllib.request

import stage as stages
from report import Table, spread

CROWD, HITS = 50, 32
MIB = 1 << 20

NGINX_CACHE = """\
user root;
worker_processes auto;
pid {work}/nginx-cache.pid;
error_log {work}/nginx-cache.log error;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  sendfile on;
  client_body_temp_path {work}/nginx-cache-body;
  proxy_temp_path {work}/nginx-cache-temp;
  proxy_cache_path {work}/nginx-cache levels=2 keys_zone=blobs:8m max_size=20g use_temp_path=off;
  proxy_http_version 1.1;
  proxy_set_header Connection "";
  upstream plain {{ server 127.0.0.1:{plain}; keepalive 256; }}
  server {{
    listen 127.0.0.1:{nginx_cache};
    location / {{
      proxy_pass http://plain;
      proxy_cache blobs;
      proxy_cache_lock on;
      proxy_cache_lock_timeout 60s;
      proxy_cache_lock_age 60s;
      proxy_cache_valid 200 1d;
      proxy_buffers 8 64k;
    }}
  }}
}}
"""

SLUICE = """\
server.port: {sluice}
management.server.port: {management}
sluice:
  upstreams:
    - {{ name: plain.example.test, endpoints: ["http://127.0.0.1:{plain}"] }}
  credentials: {{ docker-config: [{work}/none.json] }}
  store: {{ path: {work}/store, max-size: 20GB, min-free-disk: 0 }}
"""

DISTRIBUTION = """\
version: 0.1
log: {{ level: error, accesslog: {{ disabled: true }} }}
storage: {{ filesystem: {{ rootdirectory: {work}/mirror }} }}
proxy: {{ remoteurl: "http://127.0.0.1:{plain}" }}
http: {{ addr: "127.0.0.1:{mirror}" }}
"""


class Caches:
    """What keeps blobs, each of which can be made to forget them."""

    def __init__(self, stage):
        self.stage, self.fresh = stage, 0
        stage.ports.update(zip(["nginx_cache", "mirror", "bare"], stages.free_ports(3)))
        stage.write("nginx-cache.conf", NGINX_CACHE)
        stage.start("nginx-cache", ["nginx", "-c", f"{stage.work}/nginx-cache.conf", "-g", "daemon off;"])
        stage.write("mirror.yml", DISTRIBUTION)
        stage.write("settings.yml", SLUICE)
        stage.start("sluice", [stage.java, f"@{stages.TOP}/docker/jvm.options", "-Xmx256m", "-jar", stage.jar,
                               f"--spring.config.additional-location=file:{stage.work}/settings.yml"])
        stage.start("bare", [stage.java, str(stages.TOP / "bench/Bare.java"), str(stage.ports["bare"]),
                             stage.straight("plain"), f"{stage.work}/bare"])
        stages.until(lambda: self.answers("management", "/actuator/health/readiness"), "sluice")
        stages.until(lambda: socket.create_connection(("127.0.0.1", stage.ports["bare"]), 1).close() is None, "bare")

    def answers(self, port, path):
        return urllib.request.urlopen(f"http://127.0.0.1:{self.stage.ports[port]}{path}", timeout=5).status == 200

    def url(self, way, blob):
        """Where a blob is to be had that nobody has fetched by this way."""
        path = f"/v2/{stages.REPOSITORY}/blobs/{blob[0]}"
        ports = self.stage.ports
        return {"straight": f"http://127.0.0.1:{ports['plain']}{path}",
                "bare pipeline": f"http://127.0.0.1:{ports['bare']}{path}",
                "nginx proxy_cache": f"http://127.0.0.1:{ports['nginx_cache']}{path}?{self.fresh}",
                "distribution": f"http://127.0.0.1:{ports['mirror']}{path}",
                "Sluice": f"http://127.0.0.1:{ports['sluice']}{path}?ns=plain.example.test"}[way]

    def forget(self, way):
        self.fresh += 1
        if way == "nginx proxy_cache":
            for file in (self.stage.work / "nginx-cache").rglob("*"):
                if file.is_file():
                    file.unlink()
        elif way == "distribution":
            if "mirror" in self.stage.processes:
                self.stage.stop("mirror")
            shutil.rmtree(self.stage.work / "mirror", ignore_errors=True)
            self.stage.start("mirror", [str(stages.TOOLS / "registry"), "serve", f"{self.stage.work}/mirror.yml"],
                             OTEL_TRACES_EXPORTER="none")
            stages.until(lambda: self.answers("mirror", "/v2/"), "distribution")
        elif way == "Sluice":
            self.settle()
            for file in (self.stage.work / "store/blobs").rglob("*"):
                if file.is_file():
                    file.unlink()

    def settle(self):
        """Until what has come in is kept."""
        stages.until(lambda: not any((self.stage.work / "store/incoming").iterdir()), "the store")

    def close(self):
        for name in ("mirror", "bare", "sluice", "nginx-cache"):
            if name in self.stage.processes:
                self.stage.stop(name)


def fetch(url):
    """Bytes, seconds to the first of them, and seconds in all, by a client that reads as fast as it can."""
    got = subprocess.run(["curl", "-fsS", "-o", "/dev/null", "-w", "%{size_download} %{time_starttransfer} %{time_total}", url],
                         check=True, capture_output=True, text=True).stdout.split()
    return int(got[0]), float(got[1]), float(got[2])


def crowd(url, clients, size):
    """Seconds until the first byte at the median, and until the last client has all."""
    begun = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(clients) as pool:
        results = list(pool.map(lambda _: fetch(url), range(clients)))
    seconds = time.monotonic() - begun
    if any(got[0] != size for got in results):
        raise SystemExit(f"{url}: not everybody got {size} bytes")
    return statistics.median(got[1] for got in results), seconds


def compared(rounds, ways, to, unit):
    return [[way, spread([each[way] for each in rounds], unit)] +
            [spread([each[way] / each[other] for each in rounds]) for other in to] for way in ways]


def cold(stage, options):
    caches, ways = Caches(stage), ["straight", "bare pipeline", "nginx proxy_cache", "distribution", "Sluice"]

    def gigabytes(way):
        caches.forget(way)
        size, _, seconds = fetch(caches.url(way, stage.big))
        if size != stage.big[1]:
            raise SystemExit(f"{way}: {size} bytes")
        return size / seconds / 1e9

    try:
        for way in ways + ["Sluice", "Sluice", "bare pipeline"]:
            gigabytes(way)
        rounds = [{way: gigabytes(way) for way in ways} for _ in range(options.rounds)]
    finally:
        caches.close()
    to = ["bare pipeline", "nginx proxy_cache", "distribution"]
    return Table("cold 1 GiB, one client", ["way", "GB/s: median (min–max)", *[f"to {it}" for it in to]],
                 compared(rounds, ways, to, "{:.2f}"))


def cold_crowd(stage, options):
    caches, ways, blob = Caches(stage), ["nginx proxy_cache", "distribution", "Sluice"], stage.push(stages.random_blocks(256 * MIB))

    def together(way):
        caches.forget(way)
        return crowd(caches.url(way, blob), CROWD, blob[1])

    try:
        for way in ways:
            together(way)
        measured = [{way: together(way) for way in ways} for _ in range(options.rounds)]
    finally:
        caches.close()
    firsts = [{way: each[way][0] for way in ways} for each in measured]
    lasts = [{way: each[way][1] for way in ways} for each in measured]
    rows = [[*last, *first[1:]] for last, first in
            zip(compared(lasts, ways, ways[:2], "{:.2f}"), compared(firsts, ways, ways[:1], "{:.3f}"))]
    return Table(f"cold 256 MiB, {CROWD} clients", ["way", "s to the last", "to nginx", "to distribution",
                                                    "s to the first byte", "to nginx"], rows)


def hits(stage, options):
    caches, ways, blob = Caches(stage), ["nginx proxy_cache", "distribution", "Sluice"], stage.push(stages.random_blocks(256 * MIB))
    try:
        caches.forget("distribution")
        for way in ways:
            fetch(caches.url(way, blob))
        caches.settle()
        time.sleep(5)  # distribution fetches what it keeps a second time, and says nowhere when it is done

        def gigabytes(way):
            return HITS * blob[1] / crowd(caches.url(way, blob), HITS, blob[1])[1] / 1e9

        for way in ways:
            gigabytes(way)
        rounds = [{way: gigabytes(way) for way in ways} for _ in range(options.rounds)]
    finally:
        caches.close()
    return Table(f"hit 256 MiB, {HITS} clients", ["way", "GB/s: median (min–max)", "to nginx proxy_cache", "to distribution"],
                 compared(rounds, ways, ways[:2], "{:.2f}"))


def first_byte(stage, options):
    """How much later than the registry's own the first byte of a cold blob comes."""
    caches, blob = Caches(stage), stage.push(stages.random_blocks(16 * MIB))

    def millis(way):
        caches.forget(way)
        return fetch(caches.url(way, blob))[1] * 1000

    try:
        for _ in range(5):
            millis("Sluice")
        rounds = [(millis("straight"), millis("Sluice")) for _ in range(options.rounds * 3)]
    finally:
        caches.close()
    return Table("first byte of a cold blob of 16 MiB", ["straight, ms", "Sluice, ms", "later by, ms"],
                 [[spread([each[0] for each in rounds]), spread([each[1] for each in rounds]),
                   spread([each[1] - each[0] for each in rounds])]])


ALL = {"store-cold": cold, "store-crowd": cold_crowd, "store-hit": hits, "store-first-byte": first_byte}
