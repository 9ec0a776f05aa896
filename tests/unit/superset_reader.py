"""Run by Superset's own Python: a dataset on the published file, queried by eight connections until told to stop.

Prints ``ready`` when the first answer is there, at the end the number of answers and the publications they came from.
Arguments: the published file, and the path of a file that appears when no publication follows.
"""

import json
import sys
import threading
import time
from pathlib import Path

from superset.app import create_app

CONNECTIONS = 8
PASSWORD = "only-of-this-test"
published, stop = sys.argv[1], Path(sys.argv[2])
app = create_app()
with app.app_context():
    from flask_appbuilder import Model
    from superset.extensions import appbuilder, db, security_manager

    Model.metadata.create_all(db.engine)
    appbuilder.add_permissions(update_perms=True)
    security_manager.sync_role_definitions()
    role = security_manager.find_role("Admin")
    security_manager.add_user("reader", "a", "b", "reader@example.org", role, password=PASSWORD)


def post(client, headers, path, **body):
    answer = client.post(f"/api/v1/{path}", headers=headers, json=body)
    assert answer.status_code in (200, 201), (path, answer.status_code, answer.get_data(as_text=True)[:2000])
    return answer.json


def login():
    client = app.test_client()
    token = post(client, {}, "security/login", username="reader", password=PASSWORD, provider="db")["access_token"]
    return client, {"Authorization": f"Bearer {token}"}


client, headers = login()
extra = json.dumps({"engine_params": {"connect_args": {"read_only": True}}})
base = post(client, headers, "database/", database_name="gongkai", sqlalchemy_uri=f"duckdb:///{published}", extra=extra)
dataset = post(client, headers, "dataset/", database=base["id"], schema="m", table_name="fct")["id"]
CHART = {
    "datasource": {"id": dataset, "type": "table"},
    "queries": [
        {"columns": ["number"], "metrics": [{"expressionType": "SQL", "sqlExpression": "count(*)", "label": "n"}]}
    ],
    "result_format": "json",
    "result_type": "full",
    "force": True,
}


def ask(client, headers):
    """The number of the publication that one query sees, all of whose rows must be of it."""
    rows = post(client, headers, "chart/data", **CHART)["result"][0]["data"]
    assert len(rows) == 1 and rows[0]["n"] == 20_000, rows
    return rows[0]["number"]


seen, faults = [], []


def follow():
    try:
        client, headers = login()
        while not stop.exists():
            seen.append(ask(client, headers))
            time.sleep(0.1)
    except Exception as fault:
        faults.append(repr(fault))


print("ready", ask(client, headers), flush=True)
threads = [threading.Thread(target=follow) for _ in range(CONNECTIONS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert not faults, faults
print(json.dumps({"answers": len(seen), "publications": len(set(seen)), "last": ask(client, headers)}), flush=True)
