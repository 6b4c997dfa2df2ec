"""Every address of the site."""

from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.urls import include, path
from django.views.generic import RedirectView

from accounts.forms import LoginForm
from conferences.views.calendar import calendar_feed, calendar_page

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="conference_list")),
    path("login/", auth_views.LoginView.as_view(authentication_form=LoginForm), name="login"),
    path("logout/", auth_views.LogoutView.as_view(), name="logout"),
    path("conferences/", include("conferences.urls")),
    path("calendar/", calendar_page, name="calendar"),
    path("calendar/<str:token>.ics", calendar_feed, name="calendar_feed"),
    path("admin/", admin.site.urls),
]

handler500 = "lms_project.errors.server_error"
