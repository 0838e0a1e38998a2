"""Pages about people."""

from django.urls import path

from namsai_centre.accounts import views, views_glass, views_me, views_notices, views_roles, views_tokens

urlpatterns = [
    path("", views.browse, name="people_browse"),
    path("invite/", views.invite, name="people_invite"),
    path("<uuid:pk>/", views.see, name="people_see"),
    path("<uuid:pk>/edit/", views.edit, name="people_edit"),
    path("<uuid:pk>/reach/", views.reach, name="people_reach"),
    path("<uuid:pk>/link/", views.link, name="people_link"),
    path("<uuid:pk>/close/", views.close, name="people_close"),
    path("<uuid:pk>/reopen/", views.reopen, name="people_reopen"),
    path("<uuid:pk>/grant/", views_roles.grant, name="people_grant"),
    path("<uuid:pk>/factor/", views_roles.reset_factor, name="people_reset_factor"),
    path("grants/<uuid:pk>/end/", views_roles.end, name="people_end_role"),
    path("glasses/", views_glass.browse, name="people_glasses"),
    path("glasses/open/", views_glass.open_glass, name="people_break_glass"),
    path("glasses/<uuid:pk>/close/", views_glass.close, name="people_close_glass"),
    path("me/", views_me.me, name="me"),
    path("me/edit/", views_me.edit, name="me_edit"),
    path("me/devices/<int:pk>/end/", views_me.end_device, name="me_end_device"),
    path("me/devices/end/", views_me.end_others, name="me_end_others"),
    path("me/factor/renew/", views_me.renew_factor, name="me_renew_factor"),
    path("me/notices/", views_notices.browse, name="me_notices"),
    path("me/notices/read/", views_notices.read_all, name="me_read_all"),
    path("me/notices/<int:pk>/", views_notices.go, name="me_notice"),
    path("me/tokens/", views_tokens.browse, name="me_tokens"),
    path("me/tokens/make/", views_tokens.make, name="me_make_token"),
    path("me/tokens/<uuid:pk>/end/", views_tokens.end, name="me_end_token"),
]
