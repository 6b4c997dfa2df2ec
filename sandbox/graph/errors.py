"""Graph's refusals, in Graph's words (graph-api §10)."""

from collections.abc import Mapping


class GraphError(Exception):
    """Becomes ``{"error": {code, message, innerError}}`` with ``status``."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        headers: Mapping[str, str] | None = None,
        inner_code: str | None = None,
        more: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})
        self.inner_code = inner_code
        self.more = dict(more or {})

    def body(self, request_id: str, client_request_id: str, date: str) -> dict[str, object]:
        return {
            "error": {
                "code": self.code,
                "message": self.message,
                **self.more,
                "innerError": {
                    **({"code": self.inner_code} if self.inner_code else {}),
                    "date": date,
                    "request-id": request_id,
                    "client-request-id": client_request_id,
                },
            }
        }


def bad_request(message: str) -> GraphError:
    return GraphError(400, "BadRequest", message)


def not_found(message: str) -> GraphError:
    return GraphError(404, "NotFound", message)


def forbidden(message: str) -> GraphError:
    return GraphError(403, "Forbidden", message)


def access_denied() -> GraphError:
    """Files: the scope is missing, or the site refuses the app; the vendor does not say which."""
    return GraphError(403, "accessDenied", "Access denied")


def item_not_found() -> GraphError:
    return GraphError(404, "itemNotFound", "The resource could not be found.")


def invalid_token(message: str) -> GraphError:
    return GraphError(401, "InvalidAuthenticationToken", message, {"WWW-Authenticate": "Bearer"})


def mailbox_denied() -> GraphError:
    """Calendars: the scope is missing, or Exchange excludes the mailbox (graph-api §0.4)."""
    return GraphError(
        403, "ErrorAccessDenied", "Access is denied. Check credentials and try again."
    )


def event_not_found() -> GraphError:
    return GraphError(404, "ErrorItemNotFound", "The specified object was not found in the store.")
