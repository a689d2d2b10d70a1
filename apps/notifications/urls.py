"""Addresses of the messages."""

from django.urls import path

from apps.notifications.views import inbox_page, message_page, preferences_page, read_everything, unsubscribe

urlpatterns = [
    path("messages/", inbox_page, name="messages"),
    path("messages/read/", read_everything, name="messages-read"),
    path("messages/preferences/", preferences_page, name="preferences"),
    path("messages/unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
    path("messages/<uuid:pk>/", message_page, name="message"),
]
