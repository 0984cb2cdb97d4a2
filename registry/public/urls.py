"""Addresses under /registers/."""

from django.urls import path, re_path

from registry.public import views

urlpatterns = [
    path("", views.overview, name="registers"),
    re_path(r"^(?P<slug>[-\w]+)\.(?P<format>csv|xlsx|json)$", views.register_export, name="register-export"),
    path("<slug:slug>/", views.register_list, name="register"),
    re_path(r"^(?P<slug>[-\w]+)/(?P<number>[A-Za-z0-9-]+)/$", views.record, name="record"),
]
