"""People, organisations, the two sides, and who held which role when."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import connection, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from apps.accounts.kinds import LONGEST_AGENT, Happening
from apps.accounts.roles import APPOINTABLE, INVITED_AS, NAMED, SIDED, Role, Side


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create a user. Raises ValueError without an e-mail address."""
        if not email:
            raise ValueError("email: a user needs an e-mail address")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create somebody who administers the site; in domain matters a superuser has no power at all."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who logs in with an e-mail address. What they may do comes from memberships alone.

    `credential` numbers what the person signs in with. The database counts it up whenever the password or the address
    becomes another, or a passkey, an authenticator app or a set of recovery codes is enrolled, replaced or removed, by
    whatever way, and never down.
    """

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=5, default="en")
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the admin"), default=False)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)
    credential = models.PositiveIntegerField(_("credential"), default=1, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="user_email_unique", violation_error_message=_("This e-mail address is taken.")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def check_password(self, raw_password: str | None) -> bool:
        """Whether a password is right. One that is right is encoded anew where the way of encoding has changed."""
        return check_password(raw_password, self.password, self._encode_anew)

    def _encode_anew(self, raw_password: str) -> None:
        """Keep the same password in another encoding: the database is told from which one, and counts no new credential."""
        before = f"{self.pk}:{sha256(self.password.encode()).hexdigest()}"
        self.set_password(raw_password)
        self._password = None
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("select set_config('jcm.same_password_as', %s, true)", [before])
            self.save(update_fields=["password"])


class Organisation(models.Model):
    """A company, ministry, verifier or agency. `side` is empty for those of neither country."""

    name = models.CharField(_("name"), max_length=200)
    side = models.CharField(_("side"), max_length=5, choices=Side.choices, blank=True, default="")

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["name", "side"], name="organisation_unique")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A role held by a person for an organisation from a day until a day (null: no end yet).

    Appointments are never edited or deleted; the only change ever made is to set an end. An alternate acts
    for one membership of the same side, within a `scope`: keys of procedures, or everything where it is empty.
    """

    # What its name is made of, so that a list to choose from costs one query.
    named_with: ClassVar[tuple[str, ...]] = ("user", "organisation")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("person"))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=[(r.value, r.label) for r in (*APPOINTABLE, *NAMED)])
    side = models.CharField(_("side"), max_length=5, choices=Side.choices, blank=True, default="")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    acts_for = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="alternates", verbose_name=_("acts for"),
        db_constraint=False,
    )  # fmt: skip
    scope = models.JSONField(_("for what"), default=list, blank=True)
    # The number of the person's credential when the appointment was made; the database sets it.
    credential = models.PositiveIntegerField(_("credential"), default=1, editable=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["id", "side"], name="membership_side"),
            models.CheckConstraint(
                name="membership_starts_before_end", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="membership_side_where_needed", condition=~Q(role__in=[r.value for r in SIDED]) | ~Q(side="")
            ),
            models.CheckConstraint(
                name="membership_alternate_acts_for_another",
                condition=Q(role=Role.ALTERNATE.value, acts_for__isnull=False) & ~Q(acts_for=F("id"))
                | ~Q(role=Role.ALTERNATE.value) & Q(acts_for=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}, {self.organisation}"

    @property
    def as_role(self) -> Role:
        return Role(self.role)


class Session(AbstractBaseSession):
    """A browser in which somebody is signed in, or a visitor's. It ends for good a fixed time after it began."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions", verbose_name=_("person"))
    started_at = models.DateTimeField(_("began"))
    seen_at = models.DateTimeField(_("last used"))
    agent = models.CharField(_("browser"), max_length=LONGEST_AGENT, blank=True)

    @property
    def public_id(self) -> str:
        """What a page may call it by: its key alone would let anybody in."""
        return sha256(self.session_key.encode()).hexdigest()[:32]

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        found: type[SessionBase] = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
        return found


class Invitation(models.Model):
    """A link, for one use until a moment, on which somebody opens an account or accepts an appointment.

    Of the link only a hash is kept. `role` is empty where nothing but an account is offered: to the Joint
    Committee a side appoints by its own procedure, never by an invitation.
    """

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=5, default="en")
    role = models.CharField(_("role"), max_length=20, blank=True, choices=[(one.value, one.label) for one in INVITED_AS])
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("invited by"))
    # In which capacity; null for an administrator.
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_at = models.DateTimeField(_("invited"))
    ends_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("accepted"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="invitations", verbose_name=_("account"))

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="invitation_names_its_organisation",
                condition=Q(role="", organisation=None) | Q(role__in=[r.value for r in INVITED_AS], organisation__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_used_by_somebody",
                condition=Q(used_at=None, user=None) | Q(used_at__isnull=False, user__isnull=False),
            ),
            models.CheckConstraint(name="invitation_used_or_withdrawn", condition=Q(used_at=None) | Q(withdrawn_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"


class Occurrence(models.Model):
    """Something that happened to an account, written once."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="occurrences", verbose_name=_("person"))
    kind = models.CharField(_("what"), max_length=20, choices=Happening.choices)
    at = models.DateTimeField(_("when"))
    agent = models.CharField(_("browser"), max_length=LONGEST_AGENT, blank=True)

    class Meta:
        verbose_name = _("occurrence")
        verbose_name_plural = _("occurrences")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind}"


class AccountMail(models.Model):
    """A mail about an account that waits to be sent. Once it is sent its words are gone, for they may hold a link."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("person"))
    address = models.EmailField(_("e-mail address"))
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    made_at = models.DateTimeField()
    # After this it is worth nothing, and is not sent any more.
    ends_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("mail about an account")
        verbose_name_plural = _("mails about accounts")
        indexes = [models.Index(fields=["next_attempt_at"], condition=Q(sent_at=None), name="account_mail_waiting")]

    def __str__(self) -> str:
        return f"{self.address}: {self.subject}"


class Attempts(models.Model):
    """What Django's cache keeps in the database: attempts at signing in, to be limited, and codes that were used.

    Every process sees the same, and nobody's limit is lost with the broker.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("attempts")
        verbose_name_plural = _("attempts")

    def __str__(self) -> str:
        return self.cache_key
