"""Sync Data: start a run or join the one in progress, and watch it."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.audit import record
from accounts.models import Act
from conferences.models import Conference
from conferences.queries.access import Access
from conferences.queries.detail import sync_panel
from conferences.views.requests import MemberRequest, get_taught, member_only, refuse, wants_json
from syncing import leases, phrases
from syncing.database import DatabaseLostError
from syncing.models import SyncRun
from syncing.outcomes import Message
from syncing.requesting import TooManyRunsError, request_sync, runs_of


@member_only
@require_POST
def start_sync(request: MemberRequest, pk: int) -> HttpResponse:
    """``operation`` in the form (may repeat) syncs just that part; without it, everything."""
    conference, access = get_taught(request, pk, to_act=True)
    try:
        run = request_sync(
            conference,
            requested_by=request.user,
            operations=request.POST.getlist("operation"),
            note=lambda run: record(request, Act.ASKED_FOR_SYNC, conference.log_name, run=run.pk),
        )
    except ValueError as error:
        return refuse(request, str(error), status=400)
    except TooManyRunsError as error:
        told = ngettext(
            "You have started many syncs; this one was not. Press again in %(minutes)s minute.",
            "You have started many syncs; this one was not. Press again in %(minutes)s minutes.",
            error.minutes,
        )
        refused = refuse(request, told % {"minutes": error.minutes}, status=429)
        refused["Retry-After"] = str(60 * error.minutes)
        return refused
    except DatabaseLostError:
        return refuse(request, phrases.message(Message.DATABASE_LOST, {}, 0), status=503)
    if not request.htmx and not wants_json(request):
        return redirect(conference)
    response = _show(request, conference, access, run, status=202)
    response.setdefault("HX-Trigger", "sync-started")
    return response


@member_only
@require_GET
def sync_run(request: MemberRequest, pk: int, run_pk: int) -> HttpResponse:
    """The panel for htmx, JSON for clients that ask for it, else a page of its own."""
    conference, access = get_taught(request, pk)
    run = runs_of(conference).filter(pk=run_pk).first()
    if run is None:
        raise Http404
    if run.is_left_alone:
        leases.ring(run.pk)
    return _show(request, conference, access, run)


def _show(
    request: MemberRequest,
    conference: Conference,
    access: Access,
    run: SyncRun,
    status: int = 200,
) -> HttpResponse:
    response: HttpResponse
    if wants_json(request):
        response = JsonResponse(run_as_json(run), status=status)
    else:
        is_fragment = request.htmx and request.htmx.target != "run-page"
        template = "conferences/_sync_panel.html" if is_fragment else "conferences/run.html"
        context = {**sync_panel(conference, run), "may_act": access.may_act}
        response = render(request, template, context)
        if is_fragment and not run.is_open:
            response["HX-Trigger"] = "sync-finished"
    patch_vary_headers(response, ["Accept", "HX-Request"])
    return response


def run_as_json(run: SyncRun) -> dict[str, Any]:
    """A run for clients: how far it is, and what came of it."""
    left = run.time_left
    return {
        "run": run.pk,
        "status": run.status,
        "phase": run.phase,
        "percent": run.percent,
        "seconds_left": round(left.total_seconds()) if left is not None else None,
        "waiting_until": run.waiting_until.isoformat() if run.waiting_until else None,
        "no_worker": run.has_no_worker,
        "verdict": run.verdict,
        "message": run.message,
        "items": run.items,
        "operations": [step.as_json() for step in run.steps.all()],
        "events": [
            {"at": event.at.isoformat(), "level": event.level, "text": event.text}
            for event in run.events.all()
        ],
    }
