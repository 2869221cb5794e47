"""The site in several processes: one port, and each process with an application of its own.

In: what an application is made from, and how many. It returns when all of them were stopped.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.knowledge.own import own_folder
from dragoman.publish.site.app import site


@dataclass(frozen=True, slots=True)
class Serving:
    """What is served; asked, it makes the application anew, in whichever process asks."""

    home: Path
    config: Config
    public: bool
    host: str

    def __call__(self) -> FastAPI:
        made = site(
            self.home,
            self.config,
            Knowledge(own_folder=own_folder(self.home)),
            public=self.public,
            names=[self.host],
        )
        gc.freeze()  # what is known stays: it is not looked through again while pages are made
        return made


def serve(serving: Serving, port: int, workers: int) -> None:
    """Until it is stopped. Ends with SystemExit where the port can't be listened on."""
    if workers == 1:
        uvicorn.run(serving(), host=serving.host, port=port, log_level="warning")
        return
    config = uvicorn.Config(
        serving, factory=True, host=serving.host, port=port, log_level="warning", workers=workers
    )
    Multiprocess(config, sockets=[config.bind_socket()]).run()
