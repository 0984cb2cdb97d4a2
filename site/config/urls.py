"""Every address of the site. Wagtail's pages come last: they take what is left."""

from django.conf import settings
from django.contrib.auth import views as auth
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from config.health import healthz

# Django's sign-in pages would call the site by its host.
NAMED = {"site_name": settings.WAGTAIL_SITE_NAME}

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/", include(admin_urls)),
    path("documents/", include(document_urls)),
    path(
        "accounts/login/",
        auth.LoginView.as_view(template_name="accounts/login.html", extra_context=NAMED),
        name="login",
    ),
    path(
        "accounts/logout/",
        auth.LogoutView.as_view(template_name="accounts/logged_out.html", extra_context=NAMED),
        name="logout",
    ),
    path(
        "accounts/password/",
        auth.PasswordChangeView.as_view(template_name="accounts/password_change.html"),
        name="password_change",
    ),
    path(
        "accounts/password/done/",
        auth.PasswordChangeDoneView.as_view(template_name="accounts/password_change_done.html"),
        name="password_change_done",
    ),
    path("search/", include("search.urls")),
    path("registers/", include("registry.public.urls")),
    path("desk/panels/", include("expertpool.urls")),
    path("desk/", include("registry.desk.urls")),
    path("", include(wagtail_urls)),
]
