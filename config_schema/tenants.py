"""Whose an export is: part of the id by which the service knows it, and of no id that clients see.

    export-7            of the house: of everybody, where nobody has to say who asks
    export-7@acme       of the tenant acme, who knows it as export-7

No client's id has an `@` in it, so nobody can spell what is another one's.
"""

from __future__ import annotations

import re

_TENANT = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?")
_AT = "@"


def is_tenant(text: str) -> bool:
    """Whether a tenant may be called so: 1 to 32 small letters, digits and hyphens inside.

    >>> is_tenant("acme-2"), is_tenant("Acme"), is_tenant("-a"), is_tenant("")
    (True, False, False, False)
    """
    return _TENANT.fullmatch(text) is not None


def job_id_of(export_id: str, tenant: str) -> str:
    """What the service calls a tenant's export.

    >>> job_id_of("export-7", "acme"), job_id_of("export-7", "")
    ('export-7@acme', 'export-7')
    """
    return f"{export_id}{_AT}{tenant}" if tenant else export_id


def export_id_of(job_id: str) -> str:
    """What the tenant calls this job.

    >>> export_id_of("export-7@acme"), export_id_of("export-7")
    ('export-7', 'export-7')
    """
    return job_id.partition(_AT)[0]


def tenant_of(job_id: str) -> str:
    """Whose job this is; nothing for the house's.

    >>> tenant_of("export-7@acme"), tenant_of("export-7")
    ('acme', '')
    """
    return job_id.partition(_AT)[2]
