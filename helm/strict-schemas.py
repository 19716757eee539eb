#!/usr/bin/env python3
"""Makes strict, self-contained schemas for kubeconform: strict-schemas.py <wheel> <version> <directory>.

The wheel is that of kubernetes-validate. Its schemas name each other by absolute addresses and
allow fields that Kubernetes doesn't know, such as misspelt ones.
"""
import json
import pathlib
import sys
import zipfile

REFERENCE = "/api/_definitions.json#"
IN_WHEEL = "kubernetes_validate/kubernetes-json-schema/v{}-local/"


def strict(node):
    """The same schema with references into one file, and without unknown fields."""
    if isinstance(node, list):
        return [strict(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: strict(value) for key, value in node.items() if key not in ("$id", "$schema")}
    if isinstance(made.get("$ref"), str):
        made["$ref"] = made["$ref"].replace(REFERENCE, "_definitions.json#")
    if isinstance(made.get("properties"), dict) and "object" in made.get("type", []):
        made.setdefault("additionalProperties", False)
    return made


def main(wheel, version, directory):
    target = pathlib.Path(directory)
    target.mkdir(parents=True, exist_ok=True)
    folder = IN_WHEEL.format(version)
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.startswith(folder) and name.endswith(".json")]
        for name in names:
            schema = json.loads(archive.read(name))
            if "x-kubernetes-group-version-kind" in schema or name.endswith("/_definitions.json"):
                (target / name.removeprefix(folder)).write_text(json.dumps(strict(schema)))


if __name__ == "__main__":
    main(*sys.argv[1:])
