"""The map of the site."""

from django.urls import include, path
from django.views.i18n import set_language

from namsai_centre.ui import errors, views

urlpatterns = [
    path("", views.home, name="home"),
    path("health/", views.health, name="health"),
    path("language/", set_language, name="set_language"),
    path("account/", include("namsai_centre.accounts.urls_login")),
    path("people/", include("namsai_centre.accounts.urls")),
    path("enterprises/", include("namsai_centre.enterprises.urls")),
    path("engagements/", include("namsai_centre.engagements.urls")),
    path("assessments/", include("namsai_centre.assessments.urls")),
    path("savings/", include("namsai_centre.savings.urls")),
    path("knowhow/", include("namsai_centre.knowhow.urls")),
    path("visits/", include("namsai_centre.fieldwork.urls")),
    path("audit/", include("namsai_centre.audit.urls")),
    path("api/", include("namsai_centre.api.urls")),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
