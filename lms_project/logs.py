"""What no log may hold."""

import logging

from platforms.redact import without_tokens

_EXCEPTION = logging.Formatter()


class WithoutTokens(logging.Filter):
    """Leaves out what opens something by itself, also in the lines of an exception."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_tokens(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = without_tokens(_EXCEPTION.formatException(record.exc_info))
        return True
