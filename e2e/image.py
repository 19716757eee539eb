#!/usr/bin/env python3
"""Writes a multi-arch, multi-layer image as an OCI layout: image.py <directory> <tag>.

The content is pinned, so every run makes the same digests. Both platforms share
two layers, one of them 20 MB that no compression shrinks; the third is their own.
"""
import gzip
import hashlib
import io
import json
import pathlib
import random
import sys
import tarfile

INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"


class Layout:
    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.blobs = self.directory / "blobs" / "sha256"
        self.blobs.mkdir(parents=True)

    def blob(self, media_type, content):
        name = hashlib.sha256(content).hexdigest()
        (self.blobs / name).write_bytes(content)
        return {"mediaType": media_type, "digest": f"sha256:{name}", "size": len(content)}

    def document(self, media_type, value):
        return self.blob(media_type, json.dumps(value).encode())

    def layer(self, path, content):
        """One file as a gzipped tar: its descriptor and its diff id."""
        archive = io.BytesIO()
        with tarfile.open(fileobj=archive, mode="w") as tar:
            entry = tarfile.TarInfo(path)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
        raw = archive.getvalue()
        diff_id = "sha256:" + hashlib.sha256(raw).hexdigest()
        return self.blob(LAYER, gzip.compress(raw, compresslevel=1, mtime=0)), diff_id

    def manifest(self, architecture, layers):
        config = self.document(CONFIG, {
            "architecture": architecture,
            "os": "linux",
            "config": {"Cmd": ["/app"]},
            "rootfs": {"type": "layers", "diff_ids": [diff_id for _, diff_id in layers]},
        })
        manifest = self.document(MANIFEST, {
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "config": config,
            "layers": [descriptor for descriptor, _ in layers],
        })
        return manifest | {"platform": {"architecture": architecture, "os": "linux"}}

    def publish(self, tag, manifests):
        index = self.document(INDEX, {"schemaVersion": 2, "mediaType": INDEX, "manifests": manifests})
        index["annotations"] = {"org.opencontainers.image.ref.name": tag}
        (self.directory / "oci-layout").write_text('{"imageLayoutVersion":"1.0.0"}')
        (self.directory / "index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": [index]}))


def main(directory, tag):
    layout = Layout(directory)
    shared = [
        layout.layer("etc/motd", b"A private image\n"),
        layout.layer("srv/data", random.Random(1).randbytes(20_000_000)),
    ]
    layout.publish(tag, [
        layout.manifest(architecture, shared + [layout.layer("app", f"{architecture}\n".encode())])
        for architecture in ("amd64", "arm64")
    ])


if __name__ == "__main__":
    main(*sys.argv[1:])
