"""The audit log: who saw or changed what. Rows are added and read; no page changes one."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    LOGGED_IN = "logged_in", _("logged in")
    LOGGED_OUT = "logged_out", _("logged out")
    LOGIN_REFUSED = "login_refused", _("was refused a login")
    LOOKED = "looked", _("looked at")
    ASKED_FOR_SYNC = "asked_for_sync", _("asked for a sync of")
    PUBLISHED = "published", _("published a recording of")
    HID = "hid", _("hid a recording of")
    ACCEPTED = "accepted", _("accepted a guess of")
    TOOK_BACK = "took_back", _("took back a guess of")
    PLANNED = "planned", _("planned")
    CHANGED = "changed", _("changed")
    ARCHIVED = "archived", _("archived")
    BROUGHT_BACK = "brought_back", _("brought back")
    ALLOWED_ORGANIZER = "allowed_organizer", _("allowed an organizer who does not teach of")
    ADDED_MEMBER = "added_member", _("added somebody to the roster of")
    CHANGED_MEMBER = "changed_member", _("changed somebody's role in")
    REMOVED_MEMBER = "removed_member", _("removed somebody from the roster of")
    IMPORTED_ROSTER = "imported_roster", _("imported people to the roster of")
    BOOKED = "booked", _("booked a seat of")
    GAVE_BACK = "gave_back", _("gave back a seat of")
    PLANNED_SLOT = "planned_slot", _("planned a time slot of")
    CHANGED_SLOT = "changed_slot", _("changed a time slot of")
    CANCELLED_SLOT = "cancelled_slot", _("cancelled a time slot of")
    MADE_MEETING = "made_meeting", _("asked for a meeting of")
    RECREATED_MEETING = "recreated_meeting", _("asked for another meeting of")
    ATTACHED_LINK = "attached_link", _("attached a join link to")
    TRIED_AGAIN = "tried_again", _("tried again to set up a meeting of")
    ACCEPTED_UNRECORDED = "accepted_unrecorded", _("accepted as not recorded by itself")
    OPTED_OUT = "opted_out", _("opted out of recording")
    OPTED_IN = "opted_in", _("opted in to recording again")
    MADE_CALENDAR_FEED = "made_calendar_feed", _("made an address of the own calendar")
    ENDED_CALENDAR_FEED = "ended_calendar_feed", _("switched off the address of the own calendar")
    LOOKED_IN_ADMIN = "looked_in_admin", _("looked at in the administration")
    CHANGED_IN_ADMIN = "changed_in_admin", _("changed in the administration")


class AuditEntry(models.Model):
    """One act. It outlives the account and what the act was about."""

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    email = models.CharField(
        _("e-mail"),
        max_length=254,
        blank=True,
        help_text=_("As it was then; of a refused login what was typed."),
    )
    address = models.GenericIPAddressField(_("address"), null=True)
    act = models.CharField(_("act"), max_length=32, choices=Act.choices)
    subject = models.CharField(
        _("what"), max_length=200, blank=True, db_index=True, help_text=_("Such as conference 46.")
    )
    details = models.JSONField(_("details"), default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")

    def __str__(self) -> str:
        return f"{self.email} {self.get_act_display()} {self.subject}".strip()
