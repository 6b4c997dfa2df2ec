"""The ASGI application."""

from starlette.applications import Starlette
from starlette.middleware import Middleware

from sandbox.control import control_routes
from sandbox.door import Door
from sandbox.graph import graph_error, graph_routes
from sandbox.graph.errors import GraphError
from sandbox.login import login_routes
from sandbox.state import Sandbox
from sandbox.wishes import Misunderstood, misunderstood


def build_app(sandbox: Sandbox) -> Starlette:
    app = Starlette(
        routes=[control_routes(), *graph_routes(), *login_routes()],
        middleware=[Middleware(Door)],
        exception_handlers={GraphError: graph_error, Misunderstood: misunderstood},
    )
    app.state.sandbox = sandbox
    return app
