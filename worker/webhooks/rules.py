"""What an operator decided about webhooks, as one value."""

from __future__ import annotations

from dataclasses import dataclass, field

from config_schema.callback import callback_address
from config_schema.errors import CallbackRefused
from worker.webhooks.reach import Allowed
from worker.webhooks.signing import Secrets


@dataclass(frozen=True)
class WebhookRules:
    """What an operator decided: whom to call, and what to sign with."""

    allowed: Allowed = field(default_factory=Allowed)
    secrets: Secrets = field(default_factory=Secrets)

    def check(self, url: str, tenant: str) -> None:
        """CallbackRefused where nobody could ever be told at this address."""
        if not self.secrets.of(tenant):
            raise CallbackRefused(
                "The callback address cannot be used: this server has no secret to sign messages "
                "with; its operator sets EXPORT_WEBHOOK_SECRETS."
            )
        self.allowed.reach(callback_address(url))
