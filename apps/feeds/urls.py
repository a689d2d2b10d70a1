"""Addresses of what other programs read, and of the pages on which they are arranged."""

from django.urls import path

from apps.feeds.views import calendars, webhooks

urlpatterns = [
    path("calendar/", calendars.calendar_page, name="calendar"),
    path("calendar/renew/", calendars.renew_calendar, name="calendar-renew"),
    path("calendar/revoke/", calendars.revoke_calendar, name="calendar-revoke"),
    path("calendar/public.ics", calendars.public_calendar, name="public-calendar"),
    path("calendar/<str:token>.ics", calendars.calendar_file, name="calendar-file"),
    path("webhooks/", webhooks.webhook_page, name="webhooks"),
    path("webhooks/<int:key>/test/", webhooks.test_webhook, name="webhook-test"),
    path("webhooks/<int:key>/renew/", webhooks.renew_webhook, name="webhook-renew"),
    path("webhooks/<int:key>/revoke/", webhooks.revoke, name="webhook-revoke"),
]
