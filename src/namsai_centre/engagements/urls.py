"""Addresses of engagements, their people and tasks, of self-checks and clubs."""

from django.urls import path

from namsai_centre.engagements import views, views_clubs, views_people, views_selfcheck, views_steps

urlpatterns = [
    path("", views.browse, name="engagements_browse"),
    path("new/", views.new, name="engagements_new"),
    path("board/", views_steps.board, name="engagements_board"),
    path("funnel/", views_steps.funnel, name="engagements_funnel"),
    path("stuck/", views_steps.stuck_list, name="engagements_stuck"),
    path("<uuid:pk>/", views.see, name="engagements_see"),
    path("<uuid:pk>/edit/", views.edit, name="engagements_edit"),
    path("<uuid:pk>/stage/", views_steps.advance, name="engagements_advance"),
    path("<uuid:pk>/assign/", views_people.assign, name="engagements_assign"),
    path("assignments/<uuid:pk>/end/", views_people.end_assignment, name="engagements_end_assignment"),
    path("<uuid:pk>/tasks/new/", views_people.task_new, name="engagements_task_new"),
    path("tasks/<uuid:pk>/edit/", views_people.task_edit, name="engagements_task_edit"),
    path("tasks/<uuid:pk>/done/", views_people.task_finish, name="engagements_task_finish"),
    path("tasks/<uuid:pk>/open/", views_people.task_reopen, name="engagements_task_reopen"),
    path("selfcheck/firm/<uuid:pk>/", views_selfcheck.answer, name="engagements_selfcheck"),
    path("selfcheck/<uuid:pk>/", views_selfcheck.see, name="engagements_selfcheck_see"),
    path("clubs/", views_clubs.browse, name="clubs_browse"),
    path("clubs/new/", views_clubs.new, name="clubs_new"),
    path("clubs/<uuid:pk>/", views_clubs.see, name="clubs_see"),
    path("clubs/<uuid:pk>/edit/", views_clubs.edit, name="clubs_edit"),
    path("clubs/<uuid:pk>/module/<int:number>/", views_clubs.module, name="clubs_module"),
]
