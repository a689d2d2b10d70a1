"""Make the roles and the database on a server of your own: `python -m jcm.roles`. May be repeated.

Needs DATABASE_ADMIN_URL (a superuser's), DATABASE_URL (the application's) and DATABASE_OWNER_URL (the
migrating login's); the last two with user, password and database.
"""

import sys

import psycopg
from psycopg.conninfo import conninfo_to_dict

from jcm import environ
from jcm.embedded.roles import bootstrap, grant_login


def main() -> None:
    """Bootstrap the server that the environment names; one line and exit status 2 when that cannot be done."""
    try:
        admin = address("DATABASE_ADMIN_URL")
        application, owner = (login(name) for name in ("DATABASE_URL", "DATABASE_OWNER_URL"))
        bootstrap(admin, application["dbname"])
        grant_login(admin, application["user"], "jcm_app", application["password"])
        grant_login(admin, owner["user"], "jcm_owner", owner["password"])
    except (environ.Misconfigured, psycopg.Error) as problem:
        print(" ".join(str(problem).split()), file=sys.stderr)
        sys.exit(2)
    print("The roles and the database are in place.")


def address(name: str) -> str:
    """An address that must be set.

    Raises:
        Misconfigured: when it is not.
    """
    if not (found := environ.text(name)):
        raise environ.Misconfigured(f'{name} must be set; see README.md, "In production"')
    return found


def login(name: str) -> dict[str, str]:
    """The parts of an address that names a user, a password and a database.

    Raises:
        Misconfigured: when one of them is missing.
    """
    parts = {key: str(value) for key, value in conninfo_to_dict(address(name)).items()}
    if missing := [part for part in ("user", "password", "dbname") if not parts.get(part)]:
        raise environ.Misconfigured(f"{name} lacks its {' and '.join(missing)}")
    return parts


if __name__ == "__main__":
    main()
