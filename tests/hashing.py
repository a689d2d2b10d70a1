"""How the tests keep passwords: as the site does, at the least cost."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class LightArgon2(Argon2PasswordHasher):
    """Argon2 that takes no time: what takes long on purpose would take it at each sign-in of each test."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
