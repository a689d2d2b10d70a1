"""What django-allauth asks of the site: how people are told, where they go on, whom a ministry's own sign-in lets in."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language, gettext_lazy
from django.utils.translation import gettext as _

from apps.accounts.kinds import LONGEST_AGENT
from apps.accounts.models import User
from apps.accounts.selectors import is_linked_elsewhere, memberships_of, of_address
from apps.accounts.services import link
from apps.accounts.sessions import AGENT
from apps.core import clock

# In the session: a second factor was set up in it.
FACTOR_ADDED = "factor_added"

WRONG = gettext_lazy("The code is not right, or was used before. Wait for the next one and type it.")
TOO_MANY = gettext_lazy("Too many attempts. Wait five minutes, then try again; a passkey is always taken.")


def browser_of(request: HttpRequest) -> str:
    """What a browser calls itself."""
    return request.headers.get("User-Agent", "")[:LONGEST_AGENT]


def way_on(request: HttpRequest) -> str:
    """Where to go afterwards: a page of this site that the request names, else the start."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if is_ours(request, asked) else "/"


def is_ours(request: HttpRequest, address: str) -> bool:
    """Whether an address leads to a page of this site."""
    return url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=request.is_secure())


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # reason: allauth has no types
    """Nobody signs up; whoever signs in goes on in their language, to choose a capacity where there are several."""

    error_messages = {**DefaultAccountAdapter.error_messages, "too_many_login_attempts": TOO_MANY, "rate_limited": TOO_MANY}

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 # reason: allauth's signature
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Attempts count for one place and one address, so that no stranger keeps anybody out by failing in their name."""
        return f"{self.get_client_ip(request)} {super()._get_login_attempts_cache_key(request, **credentials)}"

    def add_message(self, request: HttpRequest, level: int, *args: Any, message: str | None = None, **kwargs: Any) -> None:  # noqa: ARG002 # reason: allauth's signature
        """Only what is said in words: what allauth keeps in templates is told by the pages themselves."""
        if message:
            messages.add_message(request, level, message)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """The pages themselves have it written down and told, in the same transaction."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing is sent past the mails that wait."""

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:  # noqa: ARG002 # reason: allauth's signature
        messages.error(request, _("Signing in was not possible. Ask your secretariat."))
        return redirect("login")

    def login(self, request: HttpRequest, user: User) -> None:
        """Raises ImmediateHttpResponse for an account that was closed between two steps."""
        if not user.is_active:
            raise ImmediateHttpResponse(self.respond_user_inactive(request, user))
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: User, *, redirect_url: str | None, **kwargs: Any) -> HttpResponse:  # noqa: ARG002 # reason: allauth's signature
        """On to the page that was asked for, by way of the choice of a capacity where there are several."""
        request.session[AGENT] = browser_of(request)
        onwards = redirect_url if redirect_url and is_ours(request, redirect_url) else way_on(request)
        several = memberships_of(user, clock.today()).count() > 1
        response = redirect(f"{reverse('acting')}?{urlencode({'next': onwards})}" if several else onwards)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            remember_language(response, user.language)
        return response


def remember_language(response: HttpResponse, language: str) -> None:
    """Keep a language in the browser, as Django's own switch does."""
    if check_for_language(language):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=settings.LANGUAGE_COOKIE_AGE, secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY, samesite="Lax",
        )  # fmt: skip


class FactorsAdapter(DefaultMFAAdapter):  # type: ignore[misc] # reason: allauth has no types
    """Secrets of authenticator apps and recovery codes are kept encrypted, with a key made of the site's own."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG}

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 # reason: allauth's signature
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(urlsafe_b64encode(_derived(key))) for key in keys])


def _derived(key: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"secrets of second factors").derive(key.encode())


class MinistryAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # reason: allauth has no types
    """A ministry's own sign-in opens the account of a person who has one, for addresses that it vouches for; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 # reason: allauth's signature
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Connect who is known by a verified address, for good: a successor who gets the address gets no account with it.

        Raises ImmediateHttpResponse, which leads back to the sign-in, for everybody else.
        """
        address = vouched_for(sociallogin)
        if address is None or sociallogin.state.get("process") != "login":
            raise ImmediateHttpResponse(_not_taken(request))
        if sociallogin.is_existing:
            return
        user, provider = of_address(address), sociallogin.account.provider
        if user is None or is_linked_elsewhere(user, provider):
            raise ImmediateHttpResponse(_not_taken(request))
        link(user, sociallogin, agent=browser_of(request))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:  # noqa: ARG002 # reason: allauth's signature
        raise ImmediateHttpResponse(_not_taken(request))


def vouched_for(sociallogin: SocialLogin) -> str | None:
    """The verified address of a sign-in elsewhere, if the ministry may speak for it."""
    domains = sociallogin.provider.app.settings["domains"]
    found = [one.email for one in sociallogin.email_addresses if one.verified]
    return next((one for one in found if one.rpartition("@")[2].lower() in domains), None)


def _not_taken(request: HttpRequest) -> HttpResponse:
    text = _(
        "Your organisation's sign-in opened no account here. Sign in with your password or passkey, or ask your secretariat."
    )
    messages.error(request, text)
    return redirect("login")
