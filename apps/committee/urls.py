"""Addresses of the committee's pages."""

from django.urls import path

from apps.committee import views

urlpatterns = [
    path("decisions/", views.decision_list, name="decisions"),
    path("decisions.<table:ending>", views.decision_table, name="decisions-export"),
    path("decisions/<str:name>/", views.ballot_page, name="ballot"),
    path("decisions/<str:name>/items/", views.items_page, name="ballot_items"),
    path("decisions/<str:name>/circulation/", views.circulation_page, name="ballot_circulation"),
    path("decisions/<str:name>/effect/", views.effect_page, name="ballot_effect"),
    path("decisions/<str:name>/effect/<int:number>/", views.item_effect_page, name="ballot_item_effect"),
    path("decisions/<str:name>/reply/", views.reply_page, name="ballot_reply"),
]
