from django.urls import path

urlpatterns = [
    path("", lambda r: None, name="conference_list"),
    path("<int:pk>/", lambda r: None, name="conference_detail"),
]
