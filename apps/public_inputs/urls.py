"""Addresses of calls for public inputs, of comments, and of the inputs themselves."""

from django.urls import path

from apps.public_inputs.views import commenting, inputs

urlpatterns = [
    path("public-inputs/", commenting.calls, name="calls"),
    path("public-inputs/confirm/<str:token>/", commenting.confirmation, name="confirm-input"),
    path("public-inputs/<str:reference>/", commenting.call, name="call"),
    path("public-inputs/<str:reference>/comment/", commenting.comment, name="comment"),
    path("public-inputs/<str:reference>/sent/", commenting.sent, name="comment-sent"),
    path("public_input/new/enter/", inputs.letter, name="letter"),
    path("public_input/<int:pk>/", inputs.public_input, name="public-input"),
]
