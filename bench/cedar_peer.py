"""Cedar on some requests: its answers, and microseconds for each. Run by ``policy.py`` in its environment."""

import json
import sys
import time

import cedarpy

given = json.load(sys.stdin)
text, requests = given["policy"], given["requests"]
parsed = cedarpy.PolicySet.from_str(text) if hasattr(cedarpy.PolicySet, "from_str") else cedarpy.PolicySet(text)


def each(run) -> float:
    """The least of three runs, in microseconds for each request."""
    found = []
    for _ in range(3):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return min(found) / len(requests) * 1e6


allowed = [cedarpy.is_authorized(request, parsed, []).allowed for request in requests]
print(
    json.dumps(
        {
            "allowed": allowed,
            "text_us": each(lambda: [cedarpy.is_authorized(request, text, []) for request in requests]),
            "parsed_us": each(lambda: [cedarpy.is_authorized(request, parsed, []) for request in requests]),
            "batch_us": each(lambda: cedarpy.is_authorized_batch(requests, parsed, [])),
        }
    )
)
