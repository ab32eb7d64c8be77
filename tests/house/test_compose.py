"""The set-up for several processes: a file that Compose understands, secrets in files only, nobody is root."""

import json
import os
import re
import stat
import subprocess
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TEXT = (ROOT / "compose.yaml").read_text(encoding="utf-8")
FILE = yaml.safe_load(TEXT)
SERVICES = FILE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
OURS = ("migrate", "web", "worker")


def test_it_keeps_to_the_compose_specification():
    """The specification's own schema is kept here (tests/house/compose-spec): nothing is asked of the network."""
    schema = json.loads((HERE / "compose-spec" / "compose-spec.json").read_text(encoding="utf-8"))
    keeps_to = Draft202012Validator(schema)

    assert [error.message for error in keeps_to.iter_errors(FILE)] == []
    misspelt = FILE | {"services": SERVICES | {"web": SERVICES["web"] | {"helthcheck": {}}}}
    assert [error.message for error in keeps_to.iter_errors(misspelt)] != []


def test_all_that_the_grown_up_set_up_needs_is_there():
    assert {*OURS, "postgres", "redis", "mailpit", "caddy"} == set(SERVICES)
    assert {name: SERVICES[name]["deploy"]["replicas"] for name in ("web", "worker")} == {"web": 2, "worker": 2}
    assert SERVICES["web"]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert SERVICES["worker"]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_what_goes_on_for_ever_says_whether_it_is_well_and_is_begun_again():
    lasting = {name: service for name, service in SERVICES.items() if name != "migrate"}

    assert [name for name, service in lasting.items() if "healthcheck" not in service] == []
    assert [name for name, service in lasting.items() if service["restart"] != "unless-stopped"] == []
    assert SERVICES["migrate"]["restart"] == "no"


def test_only_caddy_is_open_to_the_world():
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert set(ports) == {"caddy", "mailpit"}
    assert all(port.startswith("127.0.0.1:") for port in ports["mailpit"])
    assert FILE["networks"]["inside"]["internal"]
    assert [SERVICES[name]["networks"] for name in ("postgres", "redis")] == [["inside"], ["inside"]]


def test_secrets_stand_in_files_alone():
    surroundings = {
        key: str(value) for name in SERVICES for key, value in SERVICES[name].get("environment", {}).items()
    }
    secret = re.compile(r"PASSWORD|SECRET|TOKEN|DATABASE_URL|SMTP_URL")

    assert [key for key in surroundings if secret.search(key) and not key.endswith("_FILE")] == []
    named = {value.removeprefix("/run/secrets/") for key, value in surroundings.items() if key.endswith("_FILE")}
    assert named == set(FILE["secrets"])
    for service in SERVICES.values():
        wanted = {str(v).rpartition("/")[2] for k, v in service.get("environment", {}).items() if k.endswith("_FILE")}
        assert wanted == set(service.get("secrets", []))


def test_the_house_is_not_root_and_may_write_into_its_own_folder_only():
    last = DOCKERFILE.rpartition("\nFROM ")[2]

    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert not re.search(r"apt-get|gcc|pip install", last)
    for name in OURS:
        assert SERVICES[name]["read_only"]
        assert SERVICES[name]["tmpfs"] == ["/tmp", "/data:uid=10001,mode=0700"]
        assert SERVICES[name]["cap_drop"] == ["ALL"]


def test_workers_share_the_folder_of_the_nightly_backups_and_may_write_into_it():
    """A named volume takes owner and mode from the folder it covers in the image."""
    folder = SERVICES["worker"]["environment"]["BACKUP_DIR"]
    [made] = re.findall(r"install -d -o 10001 -g 10001 -m 0700 (.+)$", DOCKERFILE, re.MULTILINE)

    assert SERVICES["worker"]["volumes"] == [f"backups:{folder}"]
    assert "backups" in FILE["volumes"]
    assert {folder, SERVICES["worker"]["environment"]["VERBUND_DATA"]} == set(made.split())
    assert SERVICES["web"]["environment"]["BACKUP_DIR"] == folder  # so that Today knows that there should be one


def test_the_image_holds_the_lock_and_the_house_and_nothing_else():
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = [line.removeprefix("!") for line in lines if line.startswith("!")]
    copied = re.findall(r"^COPY (\w\S*) ", DOCKERFILE, re.MULTILINE)

    assert "*" in lines
    assert sorted(let_in) == sorted(copied)
    assert [name for name in let_in if not (ROOT / name).exists()] == []


def test_secrets_are_made_once_at_random_and_in_a_closed_folder(tmp_path):
    folder = tmp_path / "mit Leerzeichen"
    once, twice = ({path.name: path.read_text() for path in made(folder)} for _ in range(2))

    assert set(once) == set(FILE["secrets"])
    assert once == twice
    assert once["postgres_password"].strip() in once["database_url"]
    assert len(once["secret_key"].strip()) == 64
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def made(folder: Path) -> list[Path]:
    if not Path("/bin/sh").exists():
        pytest.skip("no sh on this machine")
    script = ["sh", str(ROOT / "deploy" / "secrets.sh")]
    subprocess.run(script, env=os.environ | {"SECRETS": str(folder)}, check=True, capture_output=True)
    return sorted(folder.iterdir())
