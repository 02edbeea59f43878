"""Sessions that know whose they are, so that a person can see and end their own.

Django takes this module for its session engine.
"""

from datetime import datetime
from typing import Any, cast

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from daodi.core.people.models import User


class Session(AbstractBaseSession):
    """What a browser is known by; `user` is empty for a resident's."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")

    @classmethod
    def get_session_store_class(cls) -> "type[SessionStore]":
        return SessionStore


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast("Session", super().create_model_instance(data))
        row.user_id = int(data["_auth_user_id"]) if "_auth_user_id" in data else None
        return row


def forget_sessions(now: datetime) -> int:
    """Delete sessions that are over, with what they remembered; return how many."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]
