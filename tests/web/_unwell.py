"""Print what health says of a system whose warehouse is away, and of one whose agents stopped."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import replace
from pathlib import Path

from aiohttp import ClientSession

from agents import outreach_app
from pipeline.embedded import DataDirectory, EmbeddedSystem, running_system
from pipeline.web import Door, listening, serving


async def _health(system: EmbeddedSystem) -> tuple[int, object]:
    with listening("127.0.0.1", 0) as sockets:
        port = sockets[0].getsockname()[1]
        async with (
            serving(system, Door("secret", lambda: None), sockets),
            ClientSession() as session,
            session.get(f"http://127.0.0.1:{port}/health") as answer,
        ):
            return answer.status, await answer.json()


async def _main(folder: Path) -> None:
    with listening("127.0.0.1", 0) as taken:
        nobody = taken[0].getsockname()[1]
    async with running_system(DataDirectory(folder), outreach_app) as system:
        away = replace(system, warehouse=replace(system.warehouse, port=nobody))
        found = [await _health(system), await _health(away)]
        await system.app.stop()
        found.append(await _health(system))
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    asyncio.run(_main(Path(sys.argv[1])))
