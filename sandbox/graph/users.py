"""``GET /users/{id | userPrincipalName}`` (User.ReadBasic.All)."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.graph.errors import GraphError
from sandbox.graph.gate import READ_USERS, require_role
from sandbox.graph.odata import query_options, select
from sandbox.graph.paging import base_url
from sandbox.world.person import Person


async def get_user(request: Request) -> Response:
    sandbox = require_role(request, READ_USERS)
    options = query_options(request.url.query, {"$select"})
    wanted = request.path_params["user"].lower()
    for person in sandbox.world.directory.values():
        if wanted in {person.id, str(person.upn).lower()}:
            context = f"{base_url(request)}/$metadata#users/$entity"
            body = select(_user(person), options.get("$select"))
            return JSONResponse({"@odata.context": context, **body})
    raise GraphError(
        404,
        "Request_ResourceNotFound",
        f"Resource '{request.path_params['user']}' does not exist or one of its queried "
        "reference-property objects are not present.",
    )


def _user(person: Person) -> dict[str, object]:
    given, _, surname = person.name.partition(" ")
    return {
        "businessPhones": [],
        "displayName": person.name,
        "givenName": given,
        "jobTitle": None,
        "mail": person.mail,
        "mobilePhone": None,
        "officeLocation": None,
        "preferredLanguage": None,
        "surname": surname,
        "userPrincipalName": person.upn,
        "id": person.id,
    }
