"""Addresses of the registry."""

from django.urls import path

from namsai_centre.enterprises import views, views_bring, views_edit, views_export, views_join, views_parts

urlpatterns = [
    path("", views.browse, name="enterprises_browse"),
    path("new/", views_edit.new, name="enterprises_new"),
    path("pick/", views.pick, name="enterprises_pick"),
    path("export/", views_export.export, name="enterprises_export"),
    path("groups/", views_edit.groups, name="enterprises_groups"),
    path("groups/<uuid:pk>/edit/", views_edit.group_edit, name="enterprises_group_edit"),
    path("<uuid:pk>/", views.see, name="enterprises_see"),
    path("<uuid:pk>/edit/", views_edit.edit, name="enterprises_edit"),
    path("<uuid:pk>/close/", views_edit.close, name="enterprises_close"),
    path("<uuid:pk>/reopen/", views_edit.reopen, name="enterprises_reopen"),
    path("<uuid:pk>/forget/", views_edit.forget, name="enterprises_forget"),
    path("<uuid:pk>/consent/", views_parts.consent, name="enterprises_consent"),
    path("<uuid:pk>/consent/<uuid:consent>/withdraw/", views_parts.withdraw, name="enterprises_withdraw"),
    path("<uuid:pk>/<slug:kind>/new/", views_parts.part_new, name="enterprises_part_new"),
    path("<uuid:pk>/<slug:kind>/<uuid:part>/edit/", views_parts.part_edit, name="enterprises_part_edit"),
    path("<uuid:pk>/<slug:kind>/<uuid:part>/remove/", views_parts.part_remove, name="enterprises_part_remove"),
]
# Duplicates, joining, lists brought in.
urlpatterns += [
    path("duplicates/", views_join.duplicates, name="enterprises_duplicates"),
    path("duplicates/look/", views_join.look, name="enterprises_look"),
    path("duplicates/<uuid:pk>/not-same/", views_join.not_same, name="enterprises_not_same"),
    path("merges/", views_join.merges, name="enterprises_merges"),
    path("merges/<uuid:pk>/", views_join.merge_see, name="enterprises_merge_see"),
    path("merges/<uuid:pk>/undo/", views_join.undo, name="enterprises_undo_merge"),
    path("import/", views_bring.bring, name="enterprises_import"),
    path("import/list/", views_bring.template, name="enterprises_import_template"),
    path("import/<uuid:pk>/", views_bring.see, name="enterprises_import_see"),
    path("import/<uuid:pk>/columns/", views_bring.columns, name="enterprises_columns"),
    path("import/<uuid:pk>/answers/", views_bring.answer, name="enterprises_answer"),
    path("import/<uuid:pk>/apply/", views_bring.apply, name="enterprises_apply"),
    path("import/<uuid:pk>/refuse/", views_bring.refuse, name="enterprises_refuse"),
    path("import/<uuid:pk>/marked/", views_bring.marked, name="enterprises_marked"),
    path("<uuid:pk>/merge/", views_join.merge_find, name="enterprises_merge_find"),
    path("<uuid:pk>/merge/<uuid:other>/", views_join.merge_two, name="enterprises_merge"),
]
