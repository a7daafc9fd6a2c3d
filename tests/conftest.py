from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("edgewise", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
settings.load_profile("edgewise")


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test ever touches the data folder of whoever runs it."""
    monkeypatch.setenv("EDGEWISE_HOME", str(tmp_path / "edgewise"))
    monkeypatch.delenv("EDGEWISE_PASSPHRASE", raising=False)
    assert os.environ["EDGEWISE_HOME"].startswith(str(tmp_path))
