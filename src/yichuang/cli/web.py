"""The web process: granian with our bridge, one event loop, eight page threads. `up` starts it."""

import argparse
import asyncio
import contextlib
import logging
import os
import resource
import signal
from pathlib import Path

from granian.constants import Interfaces, SSLProtocols
from granian.log import LogLevels
from granian.server.embed import Server

MOST_CONNECTIONS = 20_000  # open streams count; more than descriptors allow makes no sense
STOP_SECONDS = 4.0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="yichuang web")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--certificate", type=Path)
    parser.add_argument("--key", type=Path)
    chosen = parser.parse_args(arguments)
    _raise_descriptor_limit()
    asyncio.run(_serve(chosen.host, chosen.port, chosen.certificate, chosen.key))
    # Page threads that hang (a database without an answer) must not hold the process.
    logging.shutdown()
    os._exit(0)


async def _serve(host: str, port: int, certificate: Path | None, key: Path | None) -> None:
    from yichuang.config.rsgi import application

    bridge = application()
    server = Server(
        target=bridge,
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        websockets=False,
        backlog=2048,
        backpressure=MOST_CONNECTIONS,
        log_level=LogLevels.warning,
        ssl_cert=certificate,
        ssl_key=key,
        ssl_protocol_min=SSLProtocols.tls12,
    )
    loop = asyncio.get_running_loop()
    ending = asyncio.Event()
    for order in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(order, ending.set)
    serving = asyncio.ensure_future(server.serve())
    waiting = asyncio.ensure_future(ending.wait())
    await asyncio.wait((serving, waiting), return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        serving.result()
        raise SystemExit("the web server ended by itself")
    bridge.close_streams()
    server.stop()
    with contextlib.suppress(asyncio.TimeoutError):
        await asyncio.wait_for(serving, STOP_SECONDS)


def _raise_descriptor_limit() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
