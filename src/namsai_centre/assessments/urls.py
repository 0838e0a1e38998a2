"""Addresses of `assessments`."""

from django.urls import path

from namsai_centre.assessments import (
    views,
    views_flows,
    views_form,
    views_results,
    views_review,
    views_run,
    views_section,
    views_versions,
)

urlpatterns = [
    path("", views.browse, name="assessments_browse"),
    path("new/", views.new, name="assessments_new"),
    path("<uuid:pk>/", views.see, name="assessments_see"),
    path("<uuid:pk>/findings/", views.findings, name="assessments_findings"),
    path("<uuid:pk>/edit/<slug:name>/", views_section.section, name="assessments_section"),
    # versions of the case
    path("<uuid:pk>/versions/", views_versions.versions, name="assessments_versions"),
    path("<uuid:pk>/versions/<int:number>/", views_versions.version, name="assessments_version"),
    path("<uuid:pk>/versions/<int:number>/restore/", views_versions.restore_version, name="assessments_restore"),
    path("<uuid:pk>/versions/<int:number>/case.json", views_form.case_file, name="assessments_case"),
    path("<uuid:pk>/versions/<int:number>/<slug:name>/", views_versions.data, name="assessments_data"),
    # the Excel form
    path("<uuid:pk>/form/", views_form.form, name="assessments_form"),
    path("<uuid:pk>/upload/", views_form.upload, name="assessments_upload"),
    path("uploads/<uuid:pk>/", views_form.incoming, name="assessments_incoming"),
    # runs and their results
    path("<uuid:pk>/run/", views_run.run, name="assessments_run"),
    path("<uuid:pk>/compare/", views_run.compare_runs, name="assessments_compare"),
    path("runs/<uuid:pk>/progress/", views_run.progress, name="assessments_progress"),
    path("runs/<uuid:pk>/", views_results.results, name="assessments_results"),
    path("runs/<uuid:pk>/flows/", views_flows.flows, name="assessments_flows"),
    path("runs/<uuid:pk>/options/", views_results.options, name="assessments_options"),
    path("runs/<uuid:pk>/measures/", views_results.measures, name="assessments_measures"),
    path("runs/<uuid:pk>/plan/", views_results.plan, name="assessments_plan"),
    path("runs/<uuid:pk>/chapter/<slug:name>/", views_results.chapter_page, name="assessments_chapter"),
    path("runs/<uuid:pk>/report/<slug:lang>.<slug:kind>", views_results.report_file, name="assessments_report"),
    # the second person
    path("<uuid:pk>/submit/", views_review.submit, name="assessments_submit"),
    path("<uuid:pk>/review/", views_review.review, name="assessments_review"),
    path("<uuid:pk>/reopen/", views_review.reopen, name="assessments_reopen"),
]
