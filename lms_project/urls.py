"""Every address of the site."""

from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.urls import include, path
from django.views.generic import RedirectView

from accounts.forms import LoginForm

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="conference_list")),
    path("login/", auth_views.LoginView.as_view(authentication_form=LoginForm), name="login"),
    path("logout/", auth_views.LogoutView.as_view(), name="logout"),
    path("conferences/", include("conferences.urls")),
    path("admin/", admin.site.urls),
]

handler500 = "lms_project.errors.server_error"
