"""Pages of the audit log."""

from django.urls import path

from namsai_centre.audit import views

urlpatterns = [
    path("", views.browse, name="audit_browse"),
    path("<int:pk>/", views.see, name="audit_see"),
]
