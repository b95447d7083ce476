"""The calls that a snippet is meant to make, and what the recorders answer to them."""

from typing import Any

from catalog.snippets import Request, SiteSettings

KEY = "k-\"'$(touch PWNED)`x`\\"
"""The key as the environment holds it: no character of it may be lost or run."""
TASK = "123e4567-e89b-12d3-a456-426614174000"
ANSWERS = ({"id": TASK}, {"status": "pending"}, {"status": "processing"}, {"status": "completed"})
Call = dict[str, Any]


def meant(request: Request, site: SiteSettings) -> list[Call]:
    """Say which calls a snippet of this request must make."""
    body = {name: value for name, value in request.body.items() if name not in request.uploads}
    files = {name: request.body[name] for name in request.uploads}
    calls: list[Call] = [
        {"method": "POST", "url": site.url(request.address), "key": KEY, "body": body, "files": files}
    ]
    if request.poll_path:
        url = site.url(request.poll_path.replace("{task_id}", TASK))
        calls += [{"method": "GET", "url": url, "key": KEY}] * 3
    return calls
