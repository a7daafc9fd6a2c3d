from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode, checks

from tests.entrypoints.web.conftest import Served
from tests.entrypoints.web.places import furnished

#: Valid by its form is not all there is to it: a turn of spaces is no turn, and a rehearsal that is over takes none.
_TOO_STRICT = [checks.positive_data_acceptance]


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_the_api_answers_everything_as_its_document_says(served: Served, mode: GenerationMode) -> None:
    home = furnished(served)
    schema = schemathesis.openapi.from_url(f"{served.address}/api/openapi.json")
    tried: list[str] = []
    for found in schema.get_all_operations():
        operation = found.ok()
        if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query):
            continue  # any text may be in a path, so nothing wrong can be sent there

        @given(operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=10, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
        )
        def answered_as_described(case: Case) -> None:
            if case.method != "DELETE" and "rehearsal_id" in case.path_parameters:
                case.path_parameters["rehearsal_id"] = home.told
            case.call_and_validate(excluded_checks=_TOO_STRICT, timeout=20)
            tried.append(case.method)

        answered_as_described()
    assert set(tried) >= {"GET", "POST", "PUT"}
