"""`namsai serve` under load: 50 people at once from a second process on loopback, 2 s between their pages.

Prints median and 95th percentile per kind of page, and the same load without any time to read (a flood), for honesty.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from urllib.parse import quote

PEOPLE, SECONDS = 50, 20
_SERVE = "import sys; from namsai.cli.main import main; sys.argv = ['namsai', *sys.argv[1:]]; main()"
KINDS = ("list", "search", "detail")
WANTED = ("garment", "coffee", "pakse", "ນ້ຳ", "brik", "77")


def main() -> None:
    """Fill a centre on SQLite, serve it in one process, load it from another."""
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {
            "NAMSAI_DEMO": "1",
            "NAMSAI_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "namsai_centre.settings",
        }
        env.pop("NAMSAI_DATABASE_URL", None)
        begun = time.perf_counter()
        told = subprocess.run(
            [sys.executable, "-m", "benchmarks.centre", "fill"], env=env, capture_output=True, text=True, check=True
        )
        facts = json.loads(told.stdout.splitlines()[-1])
        print(f"filled in {time.perf_counter() - begun:.1f} s: {facts['rows']}")
        command = [sys.executable, "-u", "-c", _SERVE, "serve", "--port", "0"]
        server = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            port = int(server.stdout.readline().rpartition(":")[2].split("/")[0])
            _load(port, facts, 0.0, 3)  # a server that has been asked before
            for rest in (2.0, 0.0):
                _show(_load(port, facts, rest, SECONDS), rest)
        finally:
            server.terminate()
            server.wait()


def _fill() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from benchmarks import centre_data
    from namsai_centre.accounts.models import Person
    from namsai_centre.commands.ready import prepare
    from namsai_centre.enterprises.models import Enterprise

    prepare()
    centre_data.fill()
    browser = Client()
    browser.force_login(Person.objects.get(email="officer@bench.la"))
    ids = [str(pk) for pk in Enterprise.objects.values_list("pk", flat=True)[:400]]
    rows = (
        f"{centre_data.ENTERPRISES} enterprises, {centre_data.ASSESSMENTS} assessments, {centre_data.READINGS} readings"
    )
    print(json.dumps({"cookie": browser.cookies[settings.SESSION_COOKIE_NAME].value, "ids": ids, "rows": rows}))


def _load(port: int, facts: dict[str, object], rest: float, seconds: int) -> dict[str, list[float]]:
    code = [sys.executable, "-m", "benchmarks.centre", "people", str(port), str(rest), str(seconds)]
    done = subprocess.run(code, input=json.dumps(facts), capture_output=True, text=True, check=True)
    found: dict[str, list[float]] = json.loads(done.stdout)
    return found


def _people(port: int, rest: float, seconds: int) -> None:
    facts = json.loads(sys.stdin.read())
    times: dict[str, list[float]] = {kind: [] for kind in (*KINDS, "failed")}
    end = time.monotonic() + seconds

    def person(number: int) -> None:
        chance = random.Random(number)
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        time.sleep(chance.random() * rest)
        while time.monotonic() < end:
            kind = chance.choice(KINDS)
            path = {
                "list": f"/enterprises/?page={chance.randint(1, 200)}",
                "search": f"/enterprises/?q={quote(chance.choice(WANTED))}",
                "detail": f"/enterprises/{chance.choice(facts['ids'])}/",
            }[kind]
            begun = time.perf_counter()
            link.request("GET", path, headers={"Cookie": f"namsai_session={facts['cookie']}"})
            answer = link.getresponse()
            answer.read()
            times[kind if answer.status == 200 else "failed"].append(time.perf_counter() - begun)
            time.sleep(chance.uniform(0.5, 1.5) * rest)

    crowd = [threading.Thread(target=person, args=(n,)) for n in range(PEOPLE)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    print(json.dumps(times))


def _show(times: dict[str, list[float]], rest: float) -> None:
    all_of = sum(len(v) for v in times.values())
    print(f"{PEOPLE} people, {rest:g} s between pages: {all_of / SECONDS:.0f} pages/s, {len(times['failed'])} failed")
    for kind in KINDS:
        found = times[kind]
        if len(found) > 20:
            edge = statistics.quantiles(found, n=20)[-1]
            middle = 1000 * statistics.median(found)
            print(f"  {kind:8} median {middle:6.0f} ms   95 % {1000 * edge:6.0f} ms   n {len(found)}")


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    elif sys.argv[1] == "people":
        _people(int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
    else:
        _fill()
