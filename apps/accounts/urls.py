"""Addresses of the accounts. Names that begin as allauth's are those that it looks for."""

from allauth.socialaccount.providers.openid_connect.views import callback, login
from django.contrib.auth.views import LogoutView
from django.urls import path

from apps.accounts.views import account, factors, inviting, passwords, signing_in

urlpatterns = [
    path("i18n/setlang/", signing_in.choose_language, name="set_language"),
    path("accounts/login/", signing_in.SignIn.as_view(), name="login"),
    path("accounts/login/", signing_in.SignIn.as_view(), name="account_login"),
    path("accounts/login/second/", signing_in.SecondStep.as_view(), name="mfa_authenticate"),
    path("accounts/login/passkey/", signing_in.SignInByPasskey.as_view(), name="mfa_login_webauthn"),
    path("accounts/logout/", LogoutView.as_view(), name="logout"),
    path("accounts/typed/", signing_in.forget_typed, name="typed-forget"),
    path("accounts/acting/", signing_in.choose_capacity, name="acting"),
    path("accounts/", account.account, name="account"),
    path("accounts/sessions/", account.end, name="account-session"),
    path("accounts/stay/", account.stay, name="account-stay"),
    path("accounts/password/", passwords.change, name="password-change"),
    path("accounts/password/forgotten/", passwords.forgotten, name="password-forgotten"),
    path("accounts/password/sent/", passwords.sent, name="password-sent"),
    path("accounts/password/new/<uidb64>/<token>/", passwords.NewPassword.as_view(), name="password-new"),
    path("accounts/passkeys/add/", factors.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("accounts/passkeys/<int:pk>/remove/", factors.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("accounts/app/", factors.SetUpApp.as_view(), name="mfa_activate_totp"),
    path("accounts/app/picture.svg", factors.app_picture, name="app-picture"),
    path("accounts/app/remove/", factors.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("accounts/codes/", factors.ShowCodes.as_view(), name="mfa_view_recovery_codes"),
    path("accounts/codes/make/", factors.MakeCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("accounts/", account.account, name="mfa_index"),
    path("accounts/", account.account, name="mfa_list_webauthn"),
    path("accounts/invitations/", inviting.invitations, name="invitations"),
    path("accounts/invitations/<int:pk>/withdraw/", inviting.withdrawal, name="invitation-withdraw"),
    path("accounts/through/<slug:provider_id>/", login, name="openid_connect_login"),
    path("accounts/through/<slug:provider_id>/callback/", callback, name="openid_connect_callback"),
    path("invitation/<str:token>/", inviting.invitation, name="invitation"),
]
