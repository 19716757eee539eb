"""The cases. Each returns a report.Table."""
import concurrent.futures
import re
import subprocess
import time

import stage as stages
import stored
from report import Table, spread

WARM_GIBIBYTES = 8
WARM_SECONDS = 40
LOAD_THREADS, LOAD_CONNECTIONS = 1, 32
MANIFESTS = ("application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, "
             "application/vnd.docker.distribution.manifest.v2+json")


def download(url, work):
    """Downloads to nowhere and returns bytes and seconds."""
    begun = time.monotonic()
    got = subprocess.run(["curl", "-fsS", "--cacert", f"{work}/ca.crt", "-o", "/dev/null", "-w", "%{size_download}", url],
                         check=True, capture_output=True, text=True)
    return int(got.stdout), time.monotonic() - begun


def blobs(upstream):
    def case(stage, options):
        ways = stage.ways(upstream, f"/v2/{stages.REPOSITORY}/blobs/{stage.big[0]}")
        stage.start_sluice("-Xmx256m")
        first = gigabytes(stage, ways["Sluice"])
        for _ in range(WARM_GIBIBYTES - 1):
            gigabytes(stage, ways["Sluice"])
        for way in ("straight", "nginx"):
            gigabytes(stage, ways[way])
        rounds = [{way: gigabytes(stage, url) for way, url in ways.items()} for _ in range(options.rounds)]
        stage.stop("sluice")
        rows = [[way, spread([each[way] for each in rounds]), spread([each[way] / each["nginx"] for each in rounds])]
                for way in ways]
        rows.append(["Sluice, first GiB after its start", f"{first:.2f}", ""])
        title = f"1 GiB blob, one client, upstream on {'TLS' if upstream == 'secure' else 'plain HTTP'}, warm after {WARM_GIBIBYTES} GiB"
        return Table(title, ["way", "GB/s: median (min–max)", "ratio to nginx in the same round"], rows)
    return case


def gigabytes(stage, url):
    size, seconds = download(url, stage.work)
    if size != stage.big[1]:
        raise SystemExit(f"{url}: {size} bytes instead of {stage.big[1]}")
    return size / seconds / 1e9


def manifests(upstream):
    def case(stage, options):
        ways = stage.ways(upstream, f"/v2/{stages.REPOSITORY}/manifests/1")
        stage.start_sluice("-Xmx256m")
        first = load(ways["Sluice"], options.manifest_seconds)
        load(ways["Sluice"], WARM_SECONDS)
        rounds = [{way: load(url, options.manifest_seconds) for way, url in ways.items()}
                  for _ in range(max(3, options.rounds // 2))]
        stage.stop("sluice")
        rows = [[way, spread([each[way][0] for each in rounds], "{:.0f}"),
                 spread([each[way][1] for each in rounds]), spread([each[way][2] for each in rounds]),
                 spread([each[way][0] / each["nginx"][0] for each in rounds])] for way in ways]
        rows.append([f"Sluice, first {options.manifest_seconds} s after its start", f"{first[0]:.0f}", f"{first[1]:.2f}", f"{first[2]:.2f}", ""])
        title = f"manifest by tag, {LOAD_CONNECTIONS} connections, upstream on {'TLS' if upstream == 'secure' else 'plain HTTP'}, warm after {WARM_SECONDS} s"
        return Table(title, ["way", "requests/s", "p50 ms", "p99 ms", "requests/s to nginx"], rows)
    return case


def load(url, seconds):
    """Requests a second, and the 50th and 99th percentile of their milliseconds."""
    out = subprocess.run(["wrk", "--latency", f"-t{LOAD_THREADS}", f"-c{LOAD_CONNECTIONS}", f"-d{seconds}s",
                          "-H", f"Accept: {MANIFESTS}", url], check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        raise SystemExit(f"{url}:\n{out}")
    return (float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1]), *(percentile(out, each) for each in ("50%", "99%")))


def percentile(out, name):
    value, unit = re.search(rf"{name}\s+([\d.]+)(us|ms|s)", out).groups()
    return float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def memory(stage, options):
    stage.start_sluice("-Xmx128m")
    url = stage.ways("secure", f"/v2/{stages.REPOSITORY}/blobs/{stage.middle[0]}")["Sluice"]
    with concurrent.futures.ThreadPoolExecutor(options.clients) as clients:
        sizes = [size for size, _ in clients.map(lambda _: download(url, stage.work), range(options.clients))]
    peak = stage.resident("VmHWM")
    stage.stop("sluice")
    whole = sum(size == stage.middle[1] for size in sizes)
    return Table(f"memory, -Xmx128m, {options.clients} clients pull 100 MiB at once, upstream on TLS",
                 ["clients served whole", "peak resident MB"], [[f"{whole} of {options.clients}", str(peak)]])


def start(stage, options):
    ready, pulled, idle = [], [], []
    path = f"/v2/{stages.REPOSITORY}/manifests/1"
    for _ in range(max(3, options.rounds // 2)):
        begun = time.monotonic()
        ready.append(stage.start_sluice("-Xmx128m"))
        download(stage.ways("plain", path)["Sluice"], stage.work)
        pulled.append(time.monotonic() - begun)
        time.sleep(2)
        idle.append(stage.resident())
        stage.stop("sluice")
    return Table("start, -Xmx128m", ["seconds to ready", "seconds to the first manifest pulled", "idle resident MB"],
                 [[spread(ready), spread(pulled), spread(idle, "{:.0f}")]])


ALL = {
    "blobs-plain": blobs("plain"),
    "blobs-tls": blobs("secure"),
    "manifests-plain": manifests("plain"),
    "manifests-tls": manifests("secure"),
    "memory": memory,
    "start": start,
    **stored.ALL,
}
