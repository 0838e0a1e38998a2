"""Addresses of `savings`."""

from django.urls import path

from namsai_centre.savings import views, views_checks, views_evidence, views_step, views_work

urlpatterns = [
    path("", views.browse, name="savings_browse"),
    path("totals/", views.totals, name="savings_totals"),
    path("to-verify/", views.to_verify, name="savings_to_verify"),
    path("new/", views_work.new, name="savings_new"),
    path("checks/", views_checks.browse, name="savings_checks"),
    path("checks/<uuid:pk>/", views_checks.answer, name="savings_answer"),
    path("files/<uuid:pk>/", views_evidence.download, name="savings_download"),
    path("<uuid:pk>/", views.see, name="savings_see"),
    path("<uuid:pk>/", views.see, name="measures_see"),  # the same page by the name of what it shows
    path("<uuid:pk>/edit/", views_work.edit, name="savings_edit"),
    path("<uuid:pk>/add/", views_work.add, name="savings_add"),
    path("<uuid:pk>/interest/", views_work.declare, name="savings_declare"),
    path("<uuid:pk>/file/", views_evidence.bring, name="savings_bring"),
    path("<uuid:pk>/agree/", views_step.agree, name="savings_agree"),
    path("<uuid:pk>/implement/", views_step.implement, name="savings_implement"),
    path("<uuid:pk>/measure/", views_step.measure, name="savings_measure"),
    path("<uuid:pk>/verify/", views_step.verify, name="savings_verify"),
    path("<uuid:pk>/give-back/", views_step.give_back, name="savings_give_back"),
    path("<uuid:pk>/reject/", views_step.reject, name="savings_reject"),
    path("<uuid:pk>/discontinue/", views_step.discontinue, name="savings_discontinue"),
    path("<uuid:pk>/restate/", views_step.restate, name="savings_restate"),
    path("<uuid:pk>/correct/", views_step.correct, name="savings_correct"),
]
