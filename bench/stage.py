"""What is measured: a registry on plain HTTP and on TLS, nginx before both, Sluice before both."""
import hashlib
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

TOP = pathlib.Path(__file__).resolve().parent.parent
TOOLS = pathlib.Path(os.environ.get("SLUICE_CACHE", pathlib.Path.home() / ".cache/sluice")) / "bin"
REPOSITORY = "acme/app"
GIBIBYTE = 1 << 30

REGISTRY = """\
version: 0.1
log: {{ level: error, accesslog: {{ disabled: true }} }}
storage: {{ filesystem: {{ rootdirectory: {data} }} }}
http: {{ addr: "127.0.0.1:{port}"{tls} }}
"""

NGINX = """\
worker_processes auto;
pid {work}/nginx.pid;
error_log {work}/nginx.log error;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path {work}/nginx-body;
  proxy_temp_path {work}/nginx-proxy;
  proxy_buffering off;
  proxy_buffer_size 64k;
  proxy_buffers 8 64k;
  proxy_http_version 1.1;
  proxy_set_header Connection "";
  upstream plain {{ server 127.0.0.1:{plain}; keepalive 256; }}
  upstream secure {{ server 127.0.0.1:{secure}; keepalive 256; }}
  server {{
    listen 127.0.0.1:{nginx_plain};
    location / {{ proxy_pass http://plain; }}
  }}
  server {{
    listen 127.0.0.1:{nginx_secure};
    location / {{
      proxy_pass https://secure;
      proxy_ssl_trusted_certificate {work}/ca.crt;
      proxy_ssl_verify on;
      proxy_ssl_name 127.0.0.1;
      proxy_ssl_session_reuse on;
    }}
  }}
}}
"""

SLUICE = """\
server.port: {sluice}
management.server.port: {management}
logging.level.sluice.access: {access_log}
sluice:
  upstreams:
    - {{ name: plain.example.test, endpoints: ["http://127.0.0.1:{plain}"] }}
    - {{ name: secure.example.test, endpoints: ["https://127.0.0.1:{secure}"], tls: {{ certificate-authority: {work}/ca.crt }} }}
  credentials: {{ docker-config: [{work}/none.json] }}
  store.enabled: false
"""


class Stage:
    """Starts the servers, and stops them by process id. Not for two runs at once."""

    def __enter__(self):
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="sluice-bench."))
        self.processes = {}
        try:
            self.set_up()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for name in reversed(list(self.processes)):
            self.stop(name)
        shutil.rmtree(self.work, ignore_errors=True)

    def set_up(self):
        names = ["plain", "secure", "nginx_plain", "nginx_secure", "sluice", "management"]
        self.ports = dict(zip(names, free_ports(len(names))))
        self.jar = newest_jar()
        self.java = find_java()
        self.certificates()
        self.registry("plain", "")
        self.registry("secure", f", tls: {{ certificate: {self.work}/server.crt, key: {self.work}/server.key }}")
        self.write("nginx.conf", NGINX)
        self.start("nginx", ["nginx", "-c", f"{self.work}/nginx.conf", "-g", "daemon off;"])
        self.big = self.push(random_blocks(GIBIBYTE))
        self.middle = self.push(random_blocks(100 << 20))
        self.manifest()

    def certificates(self):
        def openssl(*arguments):
            subprocess.run(["openssl", *arguments], cwd=self.work, check=True, capture_output=True)
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        (self.work / "san").write_text("subjectAltName=IP:127.0.0.1")
        openssl("req", "-x509", *curve, "-days", "2", "-subj", "/CN=bench CA", "-keyout", "ca.key", "-out", "ca.crt")
        openssl("req", *curve, "-subj", "/CN=127.0.0.1", "-keyout", "server.key", "-out", "server.csr")
        openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial",
                "-days", "2", "-extfile", "san", "-out", "server.crt")

    def registry(self, name, tls):
        text = REGISTRY.format(data=self.work / "data", port=self.ports[name], tls=tls)
        (self.work / f"{name}.yml").write_text(text)
        self.start(name, [str(TOOLS / "registry"), "serve", f"{self.work}/{name}.yml"], OTEL_TRACES_EXPORTER="none")
        until(lambda: socket.create_connection(("127.0.0.1", self.ports[name]), 1).close() is None, name)

    def start_sluice(self, *jvm, access_log="info"):
        """Starts Sluice and returns the seconds until it is ready."""
        self.write("settings.yml", SLUICE, access_log=access_log)
        begun = time.monotonic()
        self.start("sluice", [self.java, f"@{TOP}/docker/jvm.options", *jvm, "-jar", self.jar, f"--spring.config.additional-location=file:{self.work}/settings.yml"])
        ready = f"http://127.0.0.1:{self.ports['management']}/actuator/health/readiness"
        until(lambda: urllib.request.urlopen(ready, timeout=5).status == 200, "sluice")
        return time.monotonic() - begun

    def start(self, name, command, **environment):
        log = open(self.work / f"{name}.out", "ab")
        self.processes[name] = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                                                env={**os.environ, **environment}, cwd=self.work)

    def stop(self, name):
        process = self.processes.pop(name)
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def write(self, file, template, **more):
        (self.work / file).write_text(template.format(work=self.work, **self.ports, **more))

    def push(self, blocks):
        """Pushes a blob by the registry API and returns its digest and size."""
        digest, size, file = hashlib.sha256(), 0, self.work / "blob"
        with open(file, "wb") as out:
            for block in blocks:
                digest.update(block)
                size += len(block)
                out.write(block)
        name = "sha256:" + digest.hexdigest()
        start = urllib.request.Request(self.straight("plain") + f"/v2/{REPOSITORY}/blobs/uploads/", method="POST")
        location = urllib.request.urlopen(start).headers["Location"]
        subprocess.run(["curl", "-fsS", "-o", "/dev/null", "-X", "PUT", "-T", str(file),
                        "-H", "Content-Type: application/octet-stream", f"{location}&digest={name}"], check=True)
        file.unlink()
        return name, size

    def manifest(self):
        kind = "application/vnd.oci.image.manifest.v1+json"
        layer = '{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":%d}' % self.middle
        body = ('{"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}' % (kind, layer, layer)).encode()
        put = urllib.request.Request(self.straight("plain") + f"/v2/{REPOSITORY}/manifests/1", body,
                                     {"Content-Type": kind}, method="PUT")
        urllib.request.urlopen(put)

    def straight(self, upstream):
        return f"{'https' if upstream == 'secure' else 'http'}://127.0.0.1:{self.ports[upstream]}"

    def ways(self, upstream, path):
        """The three ways to a path: straight, through nginx, through Sluice."""
        return {
            "straight": self.straight(upstream) + path,
            "nginx": f"http://127.0.0.1:{self.ports['nginx_' + upstream]}{path}",
            "Sluice": f"http://127.0.0.1:{self.ports['sluice']}{path}?ns={upstream}.example.test",
        }

    def resident(self, field="VmRSS"):
        """Sluice's resident memory in MB; VmHWM for its peak."""
        status = pathlib.Path(f"/proc/{self.processes['sluice'].pid}/status").read_text()
        return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith(field + ":"))


def random_blocks(size, block=1 << 20):
    seed = os.urandom(block)
    return (seed[i % block:] + seed[:i % block] for i in range(size // block))


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def newest_jar():
    jars = sorted(TOP.glob("target/sluice-*.jar"), key=lambda jar: jar.stat().st_mtime)
    sources = [TOP / "pom.xml", *TOP.glob("src/main/**/*.*")]
    if not jars or jars[-1].stat().st_mtime < max(source.stat().st_mtime for source in sources):
        sys.exit("target/sluice-*.jar is missing or older than its sources: mvn -DskipTests package makes it")
    return str(jars[-1])


def find_java():
    home = subprocess.run(["bash", "-c", f". {TOP}/e2e/jdk.sh && find_jdk"], check=True, capture_output=True, text=True)
    return home.stdout.strip() + "/bin/java"


def until(condition, what, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if condition():
                return
        except (OSError, urllib.error.URLError):
            pass
        time.sleep(0.02)
    raise SystemExit(f"{what} was not ready within {seconds} s")
