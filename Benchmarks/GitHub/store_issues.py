"""Stores the first repository's issues into SQLite with dlt, and prints how many seconds that took."""

import sys
import time

import dlt
from dlt.sources.rest_api import rest_api_source

url, token, folder = sys.argv[1:]
source = rest_api_source({
    "client": {
        "base_url": url,
        "auth": {"type": "bearer", "token": token},
        "paginator": {"type": "header_link"},
    },
    "resources": [{
        "name": "issues",
        "endpoint": {"path": "repositories/10000/issues", "params": {"state": "all", "per_page": 100}},
    }],
})
pipeline = dlt.pipeline(
    "peer",
    pipelines_dir=folder + "/dlt",
    dataset_name="github",
    destination=dlt.destinations.sqlalchemy("sqlite:///" + folder + "/peer.db"),
)
start = time.monotonic()
pipeline.run(source)
print(time.monotonic() - start)
