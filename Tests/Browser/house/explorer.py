"""What Schemathesis is told of this server beside its description."""

import itertools
import json
import os
from urllib.parse import quote

import schemathesis

# A request's head has 16 KB; what is larger is refused before it is known what it asks for, so that no description of an
# answer can hold for it. `test_security.py` sends such heads.
ROOM = 12 * 1024
# What there really is, by the name of the parameter that says it: every other time it is asked for.
KNOWN = json.loads(os.environ.get("MAX_KNOWN", "{}"))
# What ends something is tried on what is not there alone: others still stand on what is.
ENDING = ("revoke", "erase", "disconnect", "cancel")
_turns = itertools.count()


@schemathesis.hook
def before_call(context, case, kwargs):
    """Points a request at what there is, and shortens one that would not fit into a request's head."""
    ends = case.method.upper() == "DELETE" or case.path.endswith(ENDING)
    if next(_turns) % 2 and not ends:
        for said in (case.path_parameters or {}, case.query or {}):
            said.update({name: KNOWN[name] for name in KNOWN.keys() & said.keys()})
    query = case.query or {}
    while query and _length(query) > ROOM:
        longest = max(query, key=lambda name: _length({name: query[name]}))
        query[longest] = str(query[longest])[:64]


def _length(query: dict) -> int:
    return sum(len(quote(str(name))) + len(quote(str(value))) + 2 for name, value in query.items())
