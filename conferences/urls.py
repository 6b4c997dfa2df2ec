"""Addresses of conferences."""

from django.urls import path

from conferences.views.bookings import booking
from conferences.views.calendar import conference_calendar, slot_calendar
from conferences.views.conferences import conference_detail, conference_list
from conferences.views.guesses import decide_guess, guess_list
from conferences.views.meetings import meeting_page, slot_page
from conferences.views.planning import archive, edit_conference, new_conference
from conferences.views.recordings import decide_file, publish
from conferences.views.roster import roster, roster_file, roster_member
from conferences.views.series import new_series
from conferences.views.slots import edit_slot, new_slot, slot_list
from conferences.views.sync import start_sync, sync_run

urlpatterns = [
    path("", conference_list, name="conference_list"),
    path("new/", new_conference, name="new_conference"),
    path("<int:pk>/", conference_detail, name="conference_detail"),
    path("<int:pk>/edit/", edit_conference, name="edit_conference"),
    path("<int:pk>/archive/", archive, name="archive"),
    path("<int:pk>/roster/", roster, name="roster"),
    path("<int:pk>/roster/file/", roster_file, name="roster_file"),
    path("<int:pk>/roster/<int:member_pk>/", roster_member, name="roster_member"),
    path("<int:pk>/slots/<int:slot_pk>/booking/", booking, name="booking"),
    path("<int:pk>/calendar.ics", conference_calendar, name="conference_calendar"),
    path("<int:pk>/slots/<int:slot_pk>/calendar.ics", slot_calendar, name="slot_calendar"),
    path("<int:pk>/slots/", slot_list, name="slots"),
    path("<int:pk>/slots/new/", new_slot, name="new_slot"),
    path("<int:pk>/slots/several/", new_series, name="new_series"),
    path("<int:pk>/slots/<int:slot_pk>/", slot_page, name="slot"),
    path("<int:pk>/slots/<int:slot_pk>/edit/", edit_slot, name="edit_slot"),
    path("<int:pk>/meeting/", meeting_page, name="meeting"),
    path("<int:pk>/sync/", start_sync, name="start_sync"),
    path("<int:pk>/sync/<int:run_pk>/", sync_run, name="sync_run"),
    path("<int:pk>/guesses/", guess_list, name="guess_list"),
    path("<int:pk>/guesses/<int:sitting_pk>/", decide_guess, name="decide_guess"),
    path("<int:pk>/recordings/<int:recording_pk>/publish/", publish, name="publish_recording"),
    path("<int:pk>/recordings/files/<int:file_pk>/", decide_file, name="decide_file"),
]
