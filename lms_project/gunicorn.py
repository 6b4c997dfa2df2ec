"""gunicorn's own logs: ``gunicorn --logger-class lms_project.gunicorn.DiscreetLogger``."""

from typing import Any

from gunicorn.glogging import Logger

from lms_project.logs import WithoutTokens


class DiscreetLogger(Logger):
    """No address is told that opens something by itself."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for log in (self.access_log, self.error_log):
            log.filters[:] = [WithoutTokens()]
