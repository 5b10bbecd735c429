"""The offices of the service tests also stand behind the tests of privacy."""

from __future__ import annotations

from tests.services.conftest import new_office as new_office  # noqa: PLC0414 - fixtures are found by name
from tests.services.conftest import offices as offices  # noqa: PLC0414
from tests.services.conftest import offices_template as offices_template  # noqa: PLC0414
