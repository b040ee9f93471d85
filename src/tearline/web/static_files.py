"""What pages load besides themselves: style, script, pictures. Read once; a name is looked up and never a path."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from typing import Final

from litestar import Response, get
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

KINDS: Final = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


def loaded() -> Mapping[str, bytes]:
    """Every file that pages may load, by name."""
    top = resources.files("tearline.web") / "static"
    folders = [top, *([top / "build"] if (top / "build").is_dir() else [])]
    found = {}
    for folder in folders:
        for each in folder.iterdir():
            if each.is_file() and each.name.rpartition(".")[2] in KINDS:
                found[each.name] = each.read_bytes()
    return found


def routes(files: Mapping[str, bytes]) -> list[HTTPRouteHandler]:
    """Where pages load them from."""

    @get("/static/{name:str}", sync_to_thread=False)
    def static(name: FromPath[str]) -> Response[bytes]:
        if name not in files:
            raise HTTPException(status_code=404)
        return Response(files[name], media_type=KINDS[name.rpartition(".")[2]])

    return [static]
