"""Addresses of conferences."""

from django.urls import path

from conferences.views.calendar import conference_calendar, slot_calendar
from conferences.views.conferences import conference_detail, conference_list
from conferences.views.guesses import decide_guess, guess_list
from conferences.views.recordings import decide_file, publish
from conferences.views.sync import start_sync, sync_run

urlpatterns = [
    path("", conference_list, name="conference_list"),
    path("<int:pk>/", conference_detail, name="conference_detail"),
    path("<int:pk>/calendar.ics", conference_calendar, name="conference_calendar"),
    path("<int:pk>/slots/<int:slot_pk>/calendar.ics", slot_calendar, name="slot_calendar"),
    path("<int:pk>/sync/", start_sync, name="start_sync"),
    path("<int:pk>/sync/<int:run_pk>/", sync_run, name="sync_run"),
    path("<int:pk>/guesses/", guess_list, name="guess_list"),
    path("<int:pk>/guesses/<int:sitting_pk>/", decide_guess, name="decide_guess"),
    path("<int:pk>/recordings/<int:recording_pk>/publish/", publish, name="publish_recording"),
    path("<int:pk>/recordings/files/<int:file_pk>/", decide_file, name="decide_file"),
]
