"""Call records as JSON (graph-api §4). Never the old ``organizer`` and ``participants``."""

from sandbox.graph.times import graph_time
from sandbox.world.model import CallRecord, CallSession
from sandbox.world.people import TENANT_ID, identifier
from sandbox.world.person import Person

Json = dict[str, object]
_ENDPOINT = "#microsoft.graph.callRecords.participantEndpoint"
_SERVICE = "#microsoft.graph.callRecords.serviceEndpoint"


def call_record_json(record: CallRecord) -> Json:
    """What lists and single records share; ``organizer_v2`` is expanded by default."""
    return {
        "id": record.id,
        "version": record.version,
        "type": record.type,
        "modalities": ["audio"] if record.type == "peerToPeer" else ["audio", "video"],
        "lastModifiedDateTime": graph_time(record.available_at),
        "startDateTime": graph_time(record.starts_at),
        "endDateTime": graph_time(record.ends_at),
        "joinWebUrl": record.join_web_url,
        "organizer_v2": organizer_json(record),
    }


def organizer_json(record: CallRecord) -> Json:
    return participant_json(record, record.organizer)


def participant_json(record: CallRecord, person: Person) -> Json:
    """``identity`` holds one of user, guest, phone; no e-mail anywhere."""
    who = participant_id(record, person)
    identity: Json = {"id": who, "displayName": person.name}
    if person.kind == "user":
        identity["tenantId"] = person.tenant_id
    return {"id": who, "identity": {person.kind: identity}, "administrativeUnitInfos": []}


def participant_id(record: CallRecord, person: Person) -> str:
    """The directory id, or for guests and telephones one that holds for this call only."""
    return person.id or identifier("in-call", record.id, person.name)


def session_json(record: CallRecord, stay: CallSession, with_segments: bool) -> Json:
    body: Json = {
        "id": stay.id,
        "modalities": ["audio"],
        "startDateTime": graph_time(stay.starts_at),
        "endDateTime": graph_time(stay.ends_at),
        "isTest": False,
        "failureInfo": None,
        "caller": _caller(record, stay),
        "callee": _callee(record, stay),
    }
    if with_segments:
        body["segments"] = [segment_json(record, stay)]
    return body


def segment_json(record: CallRecord, stay: CallSession) -> Json:
    """One segment per session, as long as the session."""
    return {
        "id": identifier("segment", stay.id),
        "startDateTime": graph_time(stay.starts_at),
        "endDateTime": graph_time(stay.ends_at),
        "failureInfo": None,
        "caller": _caller(record, stay),
        "callee": _callee(record, stay),
        "media": [],
    }


def _caller(record: CallRecord, stay: CallSession) -> Json:
    if stay.person is None:
        return _service()
    if stay.legacy_identity:
        who = participant_id(record, stay.person)
        user = {"id": who, "displayName": stay.person.name}
        return {"@odata.type": _ENDPOINT, "name": None, "identity": {"user": user}}
    return _endpoint(record, stay.person)


def _callee(record: CallRecord, stay: CallSession) -> Json:
    return _service() if stay.callee is None else _endpoint(record, stay.callee)


def _endpoint(record: CallRecord, person: Person) -> Json:
    identity: Json = {"id": participant_id(record, person), "displayName": person.name}
    if person.tenant_id == TENANT_ID:
        identity["userPrincipalName"] = person.upn
    agent = {
        "@odata.type": "#microsoft.graph.callRecords.clientUserAgent",
        "headerValue": None,
        "applicationVersion": None,
        "platform": "unknown" if person.kind == "phone" else "windows",
        "productFamily": "teams",
    }
    return {
        "@odata.type": _ENDPOINT,
        "name": None,
        "userAgent": agent,
        "associatedIdentity": identity,
    }


def _service() -> Json:
    agent = {
        "@odata.type": "#microsoft.graph.callRecords.serviceUserAgent",
        "headerValue": None,
        "applicationVersion": None,
        "role": "mediaController",
    }
    return {"@odata.type": _SERVICE, "userAgent": agent}
