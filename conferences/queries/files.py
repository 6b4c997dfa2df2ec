"""What people shared in the chat."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.db.models.functions import Lower
from django.http import QueryDict

from conferences.models import Conference, SharedFile

PER_PAGE = 50
ORDERS = {
    "date": (F("shared_at").asc(), "id"),
    "-date": (F("shared_at").desc(), "id"),
    "name": (Lower("name").asc(), "id"),
    "-name": (Lower("name").desc(), "id"),
    "size": (F("size").asc(nulls_last=True), "id"),
    "-size": (F("size").desc(nulls_last=True), "id"),
}


@dataclass(frozen=True)
class Files:
    page: Page[SharedFile]
    order: str


def list_files(conference: Conference, query: QueryDict) -> Files:
    """Also those that are no longer where they were; ``order`` is a key of ORDERS; fifty a page."""
    order = query.get("order", "date")
    if order not in ORDERS:
        order = "date"
    rows = conference.shared_files.filter(vanished_at=None).select_related("slot")
    page = Paginator(rows.order_by(*ORDERS[order]), PER_PAGE).get_page(query.get("page"))
    return Files(page, order)
