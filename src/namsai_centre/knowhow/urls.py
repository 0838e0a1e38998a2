"""Addresses of the know-how."""

from django.urls import path

from namsai_centre.knowhow import (
    views,
    views_card,
    views_feedback,
    views_proposals,
    views_releases,
    views_retire,
    views_why,
)

urlpatterns = [
    path("", views.browse, name="knowhow_browse"),
    path("compare/", views.compare, name="knowhow_compare"),
    path("evidence/", views.evidence, name="knowhow_evidence"),
    path("option/<slug:option>/", views.see, name="knowhow_see"),
    path("option/<slug:option>/card-<slug:lang>.pdf", views_card.card_file, name="knowhow_card"),
    path("sources/", views.sources, name="knowhow_sources"),
    path("sources/<str:key>/", views.source, name="knowhow_source"),
    # from a run's option back to the entry
    path("why/<uuid:pk>/<path:option>/", views_why.why, name="knowhow_why"),
    # what firms say
    path("option/<slug:option>/feedback/", views_feedback.tell, name="knowhow_tell"),
    path("feedback/", views_feedback.feedback, name="knowhow_feedback"),
    path("feedback/<uuid:pk>/", views_feedback.edit, name="knowhow_feedback_edit"),
    path("feedback/<uuid:pk>/withdraw/", views_feedback.withdraw, name="knowhow_feedback_withdraw"),
    # proposals and their review
    path("proposals/", views_proposals.browse, name="knowhow_proposals"),
    path("proposals/new/<slug:table>/", views_proposals.new, name="knowhow_propose"),
    path("proposals/new/<slug:table>/<str:key>/", views_proposals.change, name="knowhow_propose_change"),
    path("proposals/approve/<slug:option>/", views_proposals.approve, name="knowhow_propose_approval"),
    path("proposals/retire/<slug:option>/", views_retire.retire, name="knowhow_propose_retire"),
    path("proposals/restore/<slug:option>/", views_retire.restore, name="knowhow_propose_restore"),
    path("proposals/<uuid:pk>/", views_proposals.see, name="knowhow_proposal"),
    path("proposals/<uuid:pk>/edit/", views_proposals.edit, name="knowhow_proposal_edit"),
    path("proposals/<uuid:pk>/withdraw/", views_proposals.withdraw, name="knowhow_proposal_withdraw"),
    path("proposals/<uuid:pk>/review/", views_proposals.review, name="knowhow_review"),
    # releases
    path("releases/", views_releases.browse, name="knowhow_releases"),
    path("releases/new/", views_releases.new, name="knowhow_release"),
    path("releases/<str:version>/", views_releases.see, name="knowhow_release_see"),
]
