from django.urls import path

from library import views

app_name = "library"
urlpatterns = [
    path("", views.home, name="home"),
    path("agreements/", views.agreements, name="agreements"),
    path("agreements/<uuid:pk>/", views.agreement, name="agreement"),
    path("processes/<uuid:pk>/", views.process, name="process"),
]
