"""Addresses of the accounts."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from apps.accounts.views import SignIn, choose_capacity

urlpatterns = [
    path("accounts/login/", SignIn.as_view(), name="login"),
    path("accounts/logout/", LogoutView.as_view(), name="logout"),
    path("accounts/acting/", choose_capacity, name="acting"),
]
