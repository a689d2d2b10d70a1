"""What was told stays as it was told: of messages and mails only what happens to them later may be set, and nothing is deleted."""

from django.db import migrations

from apps.core.database import append_only, append_only_but_for, no_delete


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial"), ("events", "0002_guards")]
    operations = [
        append_only("notifications_digest"),
        append_only("notifications_reminder"),
        append_only_but_for("notifications_message", "read_at", "digest_id", "by_mail"),
        append_only_but_for(
            "notifications_mail", "attempts", "attempted_at", "next_attempt_at", "sent_at", "error", "bounced_at", "bounce"
        ),
        no_delete("notifications_preference"),
    ]
