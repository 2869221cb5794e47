"""Files for running it: containers, services and proxies name what there is, and harden it.

Neither a container nor a service is started: that what they say is so is held here.
"""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from dragoman import config
from dragoman.cli.app import app
from dragoman.publish.site import health, measuring

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted(path.name for path in DEPLOY.glob("*.service"))
HARDENED = {
    "NoNewPrivileges": "true", "ProtectSystem": "strict", "ProtectHome": "true",
    "PrivateTmp": "true", "PrivateDevices": "true", "CapabilityBoundingSet": "",
    "RestrictSUIDSGID": "true", "UMask": "0077", "User": "dragoman",
}  # fmt: skip
SECRET = re.compile(r"(?i)(password|token|secret|_key)\w*\s*[=:]\s*(?P<value>\S+)")


def takes(arguments: Sequence[str]) -> None:
    """Raises what the program would tell for a command line that it does not take; runs nothing."""
    command: Any = typer.main.get_command(app)
    parent, name, rest = None, "dragoman", list(arguments)
    while True:
        context = command.make_context(name, rest, parent=parent)
        if not hasattr(command, "commands"):
            return
        given = [*context._protected_args, *context.args]
        name, command, rest = command.resolve_command(context, given)
        parent = context


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("serve --publik", "No such option"),
        ("serve --port none", "valid integer"),
        ("serv", "No such command"),
        ("user ad", "No such command"),
    ],
)
def test_what_the_program_does_not_take_is_seen(line: str, words: str) -> None:
    takes(["serve", "--public"])
    with pytest.raises(Exception, match=words):
        takes(line.split())


# --- containers --------------------------------------------------------------------------------


def instructions() -> Iterator[tuple[str, str]]:
    text = (ROOT / "Dockerfile").read_text("utf-8")
    text = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ")
    for line in filter(None, map(str.strip, text.splitlines())):
        word, _, rest = line.partition(" ")
        yield word, rest.strip()


def compose() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    return found


def test_the_image_is_built_of_files_that_there_are() -> None:
    copied = [
        name
        for word, rest in instructions()
        if word == "COPY" and not rest.startswith("--from")
        for name in rest.split()[:-1]
    ]
    assert {"pyproject.toml", "requirements.lock", "dragoman"} <= set(copied)
    assert [name for name in copied if not (ROOT / name).exists()] == []
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert ignored[1] == "*"
    assert {line[1:] for line in ignored if line.startswith("!")} == set(copied)


def test_all_that_the_wheel_is_built_of_is_copied() -> None:
    """`pip install .` reads these; without one of them it fails."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    named = {"README.md", "LICENSE", "NOTICE"}
    assert all(f'"{name}"' in text for name in named)
    copied = " ".join(rest for word, rest in instructions() if word == "COPY")
    assert all(name in copied for name in named)


def test_what_the_image_installs_is_compared_with_the_lock() -> None:
    installs = [rest for word, rest in instructions() if word == "RUN" and " install " in rest]
    (first, program) = [line for line in installs if "pip install" in line]
    assert "--require-hashes -r uv.txt" in first
    # What `sed` takes out of the lock is uv with its digests, and nothing else.
    taken = subprocess.run(
        ["sh", "-c", first.partition(" > ")[0]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert re.findall(r"^(\S+)==", taken, re.MULTILINE) == ["uv"]
    assert taken.count("--hash=sha256:") > 1
    assert not taken.rstrip().endswith("\\")
    assert program.startswith("uv pip install ")
    assert "--constraint requirements.lock --build-constraint requirements.lock" in " ".join(
        program.split()
    )


def test_there_is_one_image() -> None:
    assert [path.relative_to(ROOT).as_posix() for path in ROOT.glob("[!.]*/**/Dockerfile*")] == []


def test_the_image_runs_as_nobody_in_particular() -> None:
    last = list(instructions())
    start = max(number for number, (word, _) in enumerate(last) if word == "FROM")
    made = dict(last[start:])
    assert made["USER"].isdigit()
    assert int(made["USER"]) > 999
    assert any(f"--uid {made['USER']}" in rest for word, rest in last[start:] if word == "RUN")
    assert made["ENTRYPOINT"] == '["dragoman"]'
    assert "DRAGOMAN_HOME=/desk" in made["ENV"]
    assert made["VOLUME"] == made["WORKDIR"] == "/desk"


@pytest.mark.parametrize("name", ["serve", "watch"])
def test_services_run_commands_that_there_are(name: str) -> None:
    service = compose()["services"][name]
    takes([str(part) for part in service["command"]])
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["volumes"] == ["desk:/desk"]
    assert "/tmp" in service["tmpfs"]


def test_the_check_asks_where_the_site_answers() -> None:
    service = compose()["services"]["serve"]
    command = service["command"]
    port = command[command.index("--port") + 1]
    check = " ".join(service["healthcheck"]["test"])
    assert f"http://127.0.0.1:{port}{health.PATH}" in check
    assert service["ports"] == [f"127.0.0.1:{port}:{port}"]
    compile(service["healthcheck"]["test"][-1], "check", "exec")


def test_the_check_fails_where_nobody_answers() -> None:
    program, check = compose()["services"]["serve"]["healthcheck"]["test"][-1], sys.executable
    made = subprocess.run([check, "-c", program.replace(":8000", ":9")], capture_output=True)
    assert made.returncode != 0


def test_settings_are_handed_through_by_names_that_there_are() -> None:
    handed = compose()["services"]["serve"]["environment"]
    text = "".join(
        (ROOT / "dragoman" / name).read_text("utf-8") for name in ("config.py", "cli/app.py")
    )
    fields = {f"DRAGOMAN_{name.upper()}" for name in config.Config.model_fields}
    for one in handed:
        name, _, value = one.partition("=")
        # One that the image sets itself would be taken from it, were it handed through unset.
        assert value.startswith("${" + name + ":-") or not value, "a value stands in .env"
        if name.startswith("DRAGOMAN_"):
            assert name in fields or f'"{name}"' in text, name
    told = (ROOT / "docs" / "operate.md").read_text("utf-8")
    named = set(re.findall(r"`(DRAGOMAN_[A-Z_]+)", told)) - {"DRAGOMAN_HOME"}
    assert named <= {one.partition("=")[0] for one in handed}


def test_the_database_is_there_on_demand() -> None:
    db = compose()["services"]["db"]
    assert db["profiles"] == ["postgres"]
    assert compose()["services"]["serve"]["depends_on"]["db"]["required"] is False


@pytest.mark.parametrize("name", ["Dockerfile", "compose.yaml", *(f"deploy/{u}" for u in UNITS)])
def test_no_secret_stands_in_a_file(name: str) -> None:
    for found in SECRET.finditer((ROOT / name).read_text("utf-8")):
        assert found["value"].startswith(("${", "…")), found[0]


# --- services ----------------------------------------------------------------------------------


def unit(name: str) -> configparser.RawConfigParser:
    made = configparser.RawConfigParser(strict=False, interpolation=None)
    made.optionxform = str  # type: ignore[assignment, method-assign]
    made.read(DEPLOY / name, "utf-8")
    return made


@pytest.mark.parametrize("name", UNITS)
def test_units_are_hardened(name: str) -> None:
    service = dict(unit(name)["Service"])
    assert {key: service.get(key) for key in HARDENED} == HARDENED
    assert "dragoman" in service["StateDirectory"].split()
    assert service["WorkingDirectory"] == "/var/lib/dragoman"
    assert "DRAGOMAN_HOME=/var/lib/dragoman" in service["Environment"]


@pytest.mark.parametrize("name", UNITS)
def test_units_run_commands_that_there_are(name: str) -> None:
    path, *arguments = shlex.split(unit(name)["Service"]["ExecStart"])
    assert path == "/opt/dragoman/bin/dragoman"
    takes([part for part in arguments if not part.startswith("$")])


def test_the_timer_starts_a_service_that_there_is() -> None:
    assert (DEPLOY / "dragoman-backup.service").exists()
    timer = unit("dragoman-backup.timer")["Timer"]
    assert timer["Persistent"] == "true"


def test_systemd_understands_them(tmp_path: Path) -> None:
    """By its own check, with a program at hand in place of the one that is not installed here."""
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd is not on this machine; nothing else here needs it")
    for path in (*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")):
        text = path.read_text("utf-8").replace("/opt/dragoman/bin/dragoman", sys.executable)
        (tmp_path / path.name).write_text(text, "utf-8")
    made = subprocess.run(
        [analyze, "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    ours = [line for line in made.stderr.splitlines() if "dragoman" in line]
    assert ours == [], made.stderr


# --- proxies -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_proxies_keep_the_metrics_in(name: str) -> None:
    text = (DEPLOY / name).read_text("utf-8")
    assert "127.0.0.1:8000" in text
    assert measuring.PATH in text
    assert "Strict-Transport-Security" in text


def test_nginx_tells_the_readers_address_and_no_other() -> None:
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    assert "X-Forwarded-For $remote_addr;" in text


def test_the_extra_for_many_machines_is_fixed_in_the_versions_of_the_rest() -> None:
    locks = {
        name: dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / name).read_text("utf-8"), re.M))
        for name in ("requirements.lock", "requirements-ray.lock")
    }
    whole, added = locks.values()
    assert "ray" in added
    assert "ray" not in whole
    assert {one: whole[one] for one in added if one in whole} == {
        one: version for one, version in added.items() if one in whole
    }
    text = (ROOT / "requirements-ray.lock").read_text("utf-8")
    assert all("--hash=sha256:" in one for one in re.split(r"\n(?=[a-z])", text.strip()))
