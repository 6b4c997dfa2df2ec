"""The vendor's OpenAPI slice, if there is one: VENDOR_OPENAPI_DIR/graph.json."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import requests
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

_BASE = "urn:graph"


class Contract:
    """Checks a request and its answer; AssertionError says what does not hold."""

    def __init__(self, folder: Path) -> None:
        self.document: dict[str, Any] = json.loads((folder / "graph.json").read_text("utf-8"))
        resource = Resource.from_contents(self.document, default_specification=DRAFT202012)
        self.registry: Registry[Any] = Registry().with_resource(_BASE, resource)
        self.checked: set[str] = set()

    def check(self, answer: requests.Response) -> None:
        url = urlsplit(str(answer.request.url))
        template, operation = self._operation(str(answer.request.method), url.path)
        if answer.status_code != 400:  # a 400 is how the sandbox says it was asked badly
            self._check_query(template, operation, url.query)
            self._check_request(operation, answer.request.body)
        self._check_body(operation, answer)
        self.checked.add(template)

    def _operation(self, method: str, path: str) -> tuple[str, dict[str, Any]]:
        asked = unquote(path.removeprefix("/v1.0"))
        found = [
            (template, item[method.lower()])
            for template, item in self.document["paths"].items()
            if method.lower() in item and re.fullmatch(_pattern(template), asked)
        ]
        if not found:
            raise AssertionError(f"{method} {asked} is not in the slice")
        # A function's name would pass for an id as well: the most literal template is meant.
        return max(found, key=lambda pair: len(re.sub(r"\{[^/]+?\}", "", pair[0])))

    def _check_query(self, template: str, operation: dict[str, Any], query: str) -> None:
        known = {}
        for parameter in operation.get("parameters", []):
            found = self._resolve(parameter)
            known[found["name"]] = found
        for name, value in parse_qsl(query):
            assert name in known, f"{name} is not a parameter of {template}"
            schema = known[name]["schema"]
            read = {"array": lambda text: text.split(","), "integer": int}.get(schema["type"], str)
            self._validate(schema, read(value))

    def _check_request(self, operation: dict[str, Any], body: bytes | str | None) -> None:
        if body:
            kinds = operation["requestBody"]["content"]
            self._validate(kinds["application/json"]["schema"], json.loads(body))

    def _check_body(self, operation: dict[str, Any], answer: requests.Response) -> None:
        responses, status = operation["responses"], str(answer.status_code)
        found = responses.get(status) or responses.get(f"{status[0]}XX")
        assert found is not None, f"status {status} is not documented"
        documented = self._resolve(found).get("content", {})
        kind = answer.headers.get("content-type", "").partition(";")[0]
        assert not documented or {kind, "*/*"} & documented.keys(), f"{kind} is not documented"
        if "application/json" in documented:
            self._validate(documented["application/json"]["schema"], answer.json())

    def _resolve(self, item: dict[str, Any]) -> dict[str, Any]:
        if "$ref" not in item:
            return item
        found: Any = self.document
        for part in unquote(item["$ref"]).removeprefix("#/").split("/"):
            found = found[part]
        return dict(found)

    def _validate(self, schema: dict[str, Any], instance: object) -> None:
        Draft202012Validator(_based(schema), registry=self.registry).validate(instance)


def _based(schema: Any) -> Any:
    """The same with references that lead into the document from wherever it stands."""
    if isinstance(schema, list):
        return [_based(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    based = {name: _based(item) for name, item in schema.items()}
    if isinstance(schema.get("$ref"), str):
        based["$ref"] = _BASE + schema["$ref"]
    return based


def _pattern(template: str) -> str:
    """Of a template a regular expression; only a path inside a drive has slashes in it."""
    pattern = re.escape(template).replace(r"\{item\-path\}", ".+")
    return re.sub(r"\\{[^/]+?\\}", "[^/]+", pattern)
