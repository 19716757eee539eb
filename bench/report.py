"""Tables in Markdown."""
import os
import platform
import statistics
import subprocess
import time


class Table:
    def __init__(self, title, columns, rows):
        self.title, self.columns, self.rows = title, columns, rows

    def __str__(self):
        lines = [self.columns, ["---"] * len(self.columns), *self.rows]
        return f"## {self.title}\n\n" + "\n".join("| " + " | ".join(line) + " |" for line in lines)


def spread(values, form="{:.2f}"):
    """median (min–max)"""
    return "{} ({}–{})".format(*(form.format(value) for value in (statistics.median(values), min(values), max(values))))


def whole(tables, options):
    return "\n\n".join([heading(options), *map(str, tables)])


def heading(options):
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "unknown")
    return (f"# bench/run, {time.strftime('%Y-%m-%d')}\n\n"
            f"Commit {version('git', 'describe', '--always', '--dirty')}, {os.cpu_count()} cores of {cpu}, Linux {platform.release()}, "
            f"{version('nginx', '-v')}. Options: {options}. All on one shared machine: quote ratios and medians.\n\n"
            "Sluice is the jar on the host with the image's JVM options (docker/jvm.options: serial collector), but without "
            "its AOT cache, heap 256 MB for blobs and manifests; its access log is on, nginx's off. On a TLS upstream "
            "*straight* is no bound: curl decrypts there, while behind a proxy it reads plain HTTP.")


def version(*command):
    out = subprocess.run(command, capture_output=True, text=True)
    return (out.stdout + out.stderr).strip()
