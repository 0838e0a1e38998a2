"""Addresses of visits: at the desk, on the phone, and what the phone asks for and sends."""

from django.urls import path

from namsai_centre.fieldwork import views, views_after, views_phone, views_send, views_take

urlpatterns = [
    # at the desk, before the visit
    path("", views.browse, name="visits_browse"),
    path("new/", views.new, name="visits_new"),
    path("<uuid:pk>/", views.see, name="visits_see"),
    path("<uuid:pk>/edit/", views.edit, name="visits_edit"),
    path("<uuid:pk>/sheets/", views.sheets, name="visits_sheets"),
    # the phone: no data in these, they open without network
    path("phone/", views_phone.phone, name="visits_phone"),
    path("phone/texts.json", views_phone.texts, name="visits_texts"),
    path("worker.js", views_phone.worker, name="visits_worker"),
    path("phone/manifest.webmanifest", views_phone.manifest, name="visits_manifest"),
    # what the phone takes along and sends
    path("state.json", views_send.state, name="visits_state"),
    path("<uuid:pk>/pack.json", views_send.pack_file, name="visits_pack"),
    path("<uuid:pk>/entries/<uuid:entry>/", views_send.send, name="visits_send"),
    path("<uuid:pk>/photos/<slug:digest>/", views_send.photo, name="visits_photo"),
    # at the desk, after the visit
    path("import/", views_after.bring_file, name="visits_import"),
    path("<uuid:pk>/review/", views_after.review, name="visits_review"),
    path("<uuid:pk>/review/release/", views_after.release_held, name="visits_release"),
    path("<uuid:pk>/review/<uuid:entry>/", views_after.settle_entry, name="visits_settle"),
    path("<uuid:pk>/review/<uuid:entry>/time/", views_after.time_entry, name="visits_time"),
    path("<uuid:pk>/take/", views_take.take, name="visits_take"),
]
