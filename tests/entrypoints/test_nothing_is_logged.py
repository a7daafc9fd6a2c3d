"""What is said stands in the data file and nowhere else: no log, whoever writes it, holds a word."""

from __future__ import annotations

import re
from pathlib import Path

from tests.adapters.children import started

SAID = ("zebrafinch over the harbour", "quokka beneath the pantry")

# Everything logs, at its loudest, to standard error: Edgewise, SQLAlchemy, Alembic, asyncio, the server.
REHEARSES_AT_DEBUG = """
    import logging, sys, warnings
    logging.basicConfig(level=1, stream=sys.stderr, format="%(name)s %(levelname)s %(message)s %(args)s")
    logging.raiseExceptions = True
    for name in ("edgewise", "sqlalchemy", "sqlalchemy.engine", "sqlalchemy.pool", "sqlalchemy.orm", "alembic",
                 "uvicorn", "uvicorn.error", "uvicorn.access", "asyncio", "multipart", "starlette", "fastapi"):
        logging.getLogger(name).setLevel(1)
    for name in ("httpx", "httpx2", "httpcore", "httpcore2"):  # what calls the pages here is the browser elsewhere
        logging.getLogger(name).setLevel(logging.CRITICAL)
    from pathlib import Path
    from edgewise import Reflection, Situation, Person, preset
    from edgewise.bootstrap import edgewise as open_edgewise
    from edgewise.errors import EdgewiseError
    folder, first, second = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    edgewise = open_edgewise(folder)
    situation = Situation(came_to_say=first, person=Person(name="Zebrafinchia", manner=second))
    talk = edgewise.begin(situation, preset("defensive"))
    theirs = [talk.say(f"{first}. You always do this."), talk.say(f"I want {second} to stop.")]
    try:
        talk.say(first * 1000)
    except EdgewiseError:
        pass
    talk.end()
    edgewise.reflect(talk.rehearsal.id, Reflection(going_for=first, lost_ground=second))
    edgewise.debrief(talk.rehearsal.id)
    edgewise.export(talk.rehearsal.id)
    branch = edgewise.rewind(talk.rehearsal.id, 3)
    branch.say(second)

    from edgewise.entrypoints.web.application import application
    from starlette.testclient import TestClient
    with TestClient(application(edgewise, folder), base_url="http://127.0.0.1") as client:
        begun = client.post("/api/rehearsals", json={"example": "belittling-manager"}).json()
        said = client.post(f"/api/rehearsals/{begun['id']}/turns", json={"text": first, "seen": 1})
        assert said.status_code == 200, said
        client.post(f"/api/rehearsals/{begun['id']}/turns", json={"text": second, "seen": "x"})
        client.get("/library", params={"q": "pantry"})
    edgewise.delete(branch.rehearsal.id)
    edgewise.store.close()
    for turn in theirs:
        print(turn.text)
"""


def test_no_word_of_a_rehearsal_is_in_any_log_at_its_loudest(tmp_path: Path):
    with started(REHEARSES_AT_DEBUG, str(tmp_path), *SAID) as child:
        out, logged = child.communicate(timeout=60)
    assert child.returncode == 0, logged[-3000:]
    assert "sqlalchemy" in logged
    assert len(logged.splitlines()) > 100
    for word in ("zebrafinch", "harbour", "quokka", "pantry", "Zebrafinchia"):
        assert word.lower() not in logged.lower(), word
    theirs = [line for line in out.splitlines() if len(line) > 20]
    assert theirs
    for line in theirs:
        assert line not in logged
        assert not re.search(re.escape(line[:30]), logged)
