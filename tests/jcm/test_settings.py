"""Settings as different places see them, each read by a process of its own."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.test import Client

from jcm import environ
from jcm.celery import app
from jcm.translations import compile_changed

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "object-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
READ = """
import json, sys
sys.argv = ["manage.py", *sys.argv[2:]]
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in NAMES}, default=str))
"""


SIGNING_KEY = "42" * 32


def read(*names: str, command: str = "shell", **environment: str) -> dict[str, object]:
    """Some settings, as a process with these variables sees them."""
    code = READ.replace("NAMES", repr(names))
    clean = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "DATABASE_OWNER_URL", "SITE_URL"}}
    done = subprocess.run(
        [sys.executable, "-c", code, "-", command],
        env={**clean, "DJANGO_SETTINGS_MODULE": "jcm.settings", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return {"error": done.stderr.strip().splitlines()[-1]}
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def test_a_site_on_https_locks_its_cookies() -> None:
    names = (
        "SECOND_FACTOR",
        "SESSION_MINUTES_OF_OFFICES",
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "ALLOWED_HOSTS",
    )
    assert read(*names, SITE_URL="https://jcm.example.org", SECRET_KEY="k", RECORD_SIGNING_KEY=SIGNING_KEY) == {
        "SECOND_FACTOR": "required",
        "SESSION_MINUTES_OF_OFFICES": 30,
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "SESSION_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "ALLOWED_HOSTS": ["jcm.example.org"],
    }


def test_the_second_factor_is_required_or_offered() -> None:
    said = read("SECOND_FACTOR", SECOND_FACTOR="no")["error"]
    assert said == "jcm.environ.Misconfigured: SECOND_FACTOR must be required or offered, not 'no'"


def test_a_site_on_https_needs_a_secret() -> None:
    said = read("SITE_URL", SITE_URL="https://jcm.example.org")["error"]
    assert said == (
        "django.core.exceptions.ImproperlyConfigured: SECRET_KEY must be set to a long random text when SITE_URL is on https"
    )


def test_a_site_on_https_needs_a_key_of_records() -> None:
    said = read("SITE_URL", SITE_URL="https://jcm.example.org", SECRET_KEY="k")["error"]
    assert said == (
        "django.core.exceptions.ImproperlyConfigured: RECORD_SIGNING_KEY must be set to 64 hexadecimal digits when SITE_URL is on"
        " https"
    )
    said = read("SITE_URL", RECORD_SIGNING_KEY="a phrase")["error"]
    assert said == (
        "django.core.exceptions.ImproperlyConfigured: RECORD_SIGNING_KEY must be 64 hexadecimal digits,"
        " as `openssl rand -hex 32` prints them"
    )


def test_only_migrate_is_the_owner() -> None:
    def user(command: str) -> object:
        address = {"DATABASE_URL": "postgresql://jcm_app:a@db/jcm", "DATABASE_OWNER_URL": "postgresql://jcm_migrator:b@db/jcm"}
        default: dict[str, dict[str, object]] = read("DATABASES", command=command, **address)["DATABASES"]  # type: ignore[assignment] # reason: JSON
        return default["default"]["USER"], default["default"]["OPTIONS"]

    assert user("migrate") == ("jcm_migrator", {"assume_role": "jcm_owner", "prepare_threshold": 5})
    assert user("runserver") == ("jcm_app", {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}, "prepare_threshold": 5})


def test_another_login_acts_as_the_application() -> None:
    entry: dict[str, dict[str, object]] = read("DATABASES", DATABASE_URL="host=/run/db dbname=jcm user=me sslmode=disable")[
        "DATABASES"
    ]  # type: ignore[assignment] # reason: JSON
    assert entry["default"]["HOST"] == "/run/db"
    assert entry["default"]["OPTIONS"] == {"assume_role": "jcm_app", "sslmode": "disable", "prepare_threshold": 5}


def test_statements_are_not_prepared_where_a_pooler_would_not_bear_it() -> None:
    address = {"DATABASE_URL": "host=db user=jcm_app dbname=jcm", "DATABASE_PREPARE": "no"}
    entry: dict[str, dict[str, object]] = read("DATABASES", **address)["DATABASES"]  # type: ignore[assignment] # reason: JSON
    assert "prepare_threshold" not in entry["default"]["OPTIONS"]


def test_an_address_that_cannot_be_read_is_named() -> None:
    said = read("DATABASES", DATABASE_URL="host localhost")["error"]
    assert said == (
        "django.core.exceptions.ImproperlyConfigured: DATABASE_URL cannot be read: "
        'missing "=" after "host" in connection info string'
    )


def test_a_variable_may_be_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text("from a file\n", encoding="utf-8")
    monkeypatch.setenv("COLOUR_FILE", str(tmp_path / "key"))
    assert environ.text("COLOUR") == "from a file"
    monkeypatch.setenv("COLOUR", "blue")
    assert environ.text("COLOUR") == "blue"
    monkeypatch.delenv("COLOUR")
    monkeypatch.setenv("COLOUR_FILE", str(tmp_path / "none"))
    with pytest.raises(environ.Misconfigured, match=r"^COLOUR_FILE cannot be read: No such file or directory: .*/none$"):
        environ.text("COLOUR")


def test_words_and_numbers_that_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWITCH", "maybe")
    with pytest.raises(environ.Misconfigured, match=r"^SWITCH must be yes or no, not 'maybe'$"):
        environ.flag("SWITCH")
    with pytest.raises(environ.Misconfigured, match=r"^SWITCH must be a whole number, not 'maybe'$"):
        environ.number("SWITCH", 3)
    monkeypatch.setenv("SWITCH", "YES")
    assert environ.flag("SWITCH") is True
    assert environ.flag("OTHER_SWITCH", default=True) is True
    assert environ.number("OTHER_SWITCH", 3) == 3


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/", "/admin/login/", "/static/govuk/govuk-frontend.min.css", "/nowhere/"])
def test_every_answer_carries_the_strict_policy(client: Client, address: str) -> None:
    response = client.get(address)
    directives = sorted(str(response.headers["Content-Security-Policy"]).split("; "))
    assert directives == sorted(POLICY.split("; "))
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in response.headers
    response.close()


def test_every_beat_entry_expires_before_the_next_is_due_and_names_a_task() -> None:
    app.loader.import_default_modules()
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert entry["task"] in app.tasks
        assert entry["options"]["expires"] <= entry["schedule"]


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-node.lock"])
def test_a_lock_holds_hashes_and_no_address(name: str) -> None:
    lock = (settings.BASE_DIR / name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|^--", lock, re.MULTILINE)
    for entry in re.split(r"^(?=[\w.-]+==)", lock, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in entry


def test_the_front_end_lock_holds_hashes_and_no_address() -> None:
    lock = json.loads((settings.BASE_DIR / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert all("integrity" in entry and "resolved" not in entry for entry in packages.values())


def test_both_sets_pin_the_same_versions() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[\w.-]+==\S+", (settings.BASE_DIR / name).read_text(encoding="utf-8"), re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_translations_are_compiled_once(tmp_path: Path) -> None:
    folder = tmp_path / "ja" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    catalogue.append(polib.POEntry(msgid="Project", msgstr="プロジェクト"))
    catalogue.append(polib.POEntry(msgid="Ballot", msgstr="?", flags=["fuzzy"]))
    catalogue.save(str(folder / "django.po"))
    assert compile_changed(tmp_path) == [folder / "django.mo"]
    assert compile_changed(tmp_path) == []
    assert [entry.msgid for entry in polib.mofile(str(folder / "django.mo"))] == ["Project"]


def test_without_a_mail_server_no_mail_leaves() -> None:
    names = ("EMAIL_BACKEND", "EMAIL_HOST", "DEFAULT_FROM_EMAIL")
    assert read(*names) == {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_HOST": "",
        "DEFAULT_FROM_EMAIL": "JCM <no-reply@localhost>",
    }  # fmt: skip


def test_with_a_mail_server_mails_go_out_encrypted(tmp_path: Path) -> None:
    names = ("EMAIL_BACKEND", "EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_HOST_PASSWORD", "DEFAULT_FROM_EMAIL")
    secret = tmp_path / "password"
    secret.write_text("p\n", encoding="ascii")
    given = {"EMAIL_HOST": "mail.example.org", "EMAIL_PASSWORD_FILE": str(secret), "EMAIL_FROM": "JCM <jcm@example.org>"}
    assert read(*names, **given) == {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_PORT": 587, "EMAIL_USE_TLS": True,
        "EMAIL_HOST_PASSWORD": "p", "DEFAULT_FROM_EMAIL": "JCM <jcm@example.org>",
    }  # fmt: skip
    wrong = read("EMAIL_PORT", EMAIL_PORT="smtp")
    assert str(wrong["error"]).endswith("EMAIL_PORT must be a whole number, not 'smtp'")


def test_beat_wakes_the_relay_the_sweep_the_mailing_and_the_webhooks() -> None:
    assert sorted(settings.CELERY_BEAT_SCHEDULE) == [
        "accounts.sessions", "documents.quarantine", "documents.scan", "documents.stocktake",
        "events.relay", "feeds.webhooks", "notifications.mail", "public_inputs.forget", "public_inputs.letters",
        "timekeeping.holidays", "workflow.sweep",
    ]  # fmt: skip


def test_scanning_has_a_queue_of_its_own_which_a_worker_takes_too() -> None:
    queues = [(one.name, one.exchange.name, one.routing_key) for one in settings.CELERY_TASK_QUEUES]
    assert queues == [("jcm", "jcm", "jcm"), ("scanning", "scanning", "scanning")], "a message for one never comes to both"
    assert settings.CELERY_TASK_ROUTES == {"documents.scan": {"queue": "scanning"}}
    assert settings.CELERY_BROKER_CONNECTION_MAX_RETRIES is None


@pytest.mark.parametrize("address", ["clamd:3310", "/run/clamav/clamd.sock"])
def test_a_scanner_is_named_by_its_address_or_its_socket(address: str) -> None:
    assert read("CLAMD", CLAMD=address) == {"CLAMD": address}


@pytest.mark.parametrize("address", ["clamd", "tcp://clamd:3310"])
def test_another_name_of_a_scanner_is_refused(address: str) -> None:
    said = read("CLAMD", CLAMD=address)["error"]
    assert said == (
        f"django.core.exceptions.ImproperlyConfigured: CLAMD must be HOST:PORT or the path of a socket, not {address!r}"
    )


def test_documents_may_have_a_host_of_their_own() -> None:
    address = "https://files.example.org"
    found = read("FILES_URL", "ALLOWED_HOSTS", FILES_URL=address, SITE_URL="http://jcm.example.org")
    assert (found["FILES_URL"], "files.example.org" in str(found["ALLOWED_HOSTS"])) == (address, True)


@pytest.mark.parametrize(
    "address",
    [
        "files.example.org",
        "https://files.example.org/x",
        "ftp://files.example.org",
        "https://a@b.org",
        "http://jcm.example.org:81",
    ],
)
def test_a_host_for_documents_that_is_none_is_refused(address: str) -> None:
    said = read("FILES_URL", FILES_URL=address, SITE_URL="http://jcm.example.org")["error"]
    assert (
        said
        == f"jcm.environ.Misconfigured: FILES_URL must be as https://files.example.org, on a host of its own, not {address!r}"
    )
