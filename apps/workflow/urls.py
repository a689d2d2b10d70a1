"""Addresses of the engine's screens."""

from django.urls import path, register_converter

from apps.workflow import registry
from apps.workflow.table import Procedure
from apps.workflow.views.confidential import begin_public, confidential
from apps.workflow.views.contents import comparison, page_picture, pictures
from apps.workflow.views.experts import experts, withdrawal
from apps.workflow.views.files import file_page
from apps.workflow.views.handing_out import document, handed_out
from apps.workflow.views.health import healthz
from apps.workflow.views.openings import opening
from apps.workflow.views.receipts import act_receipt, act_receipt_paper, document_receipt, document_receipt_paper
from apps.workflow.views.steps import step
from apps.workflow.views.uploads import begin, upload


class ProcedureConverter:
    """The key of a registered procedure; other first words are left to the addresses of other apps."""

    regex = "[a-z_]+"

    def to_python(self, value: str) -> Procedure:
        try:
            return registry.procedure(value)
        except KeyError:
            raise ValueError(value) from None

    def to_url(self, value: str) -> str:
        return value


register_converter(ProcedureConverter, "procedure")

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("documents/<int:pk>/", document, name="document"),
    path("handed-out/<str:word>/", handed_out, name="handed-out"),
    path("receipts/acts/<int:pk>/", act_receipt, name="act-receipt"),
    path("receipts/acts/<int:pk>/<slug:language>.pdf", act_receipt_paper, name="act-receipt-paper"),
    path("receipts/documents/<int:pk>/", document_receipt, name="document-receipt"),
    path("receipts/documents/<int:pk>/<slug:language>.pdf", document_receipt_paper, name="document-receipt-paper"),
    path("documents/<int:pk>/confidential/", confidential, name="confidential"),
    path("documents/<int:pk>/confidential/uploads/", begin_public, name="public-uploads"),
    path("documents/<int:pk>/pages/", pictures, name="pictures"),
    path("documents/<int:pk>/pages/<int:number>.png", page_picture, name="page-picture"),
    path("documents/<int:pk>/changes/", comparison, name="comparison"),
    path("uploads/<uuid:token>/", upload, name="upload"),
    path("<procedure:procedure>/new/<slug:key>/", opening, name="opening"),
    path("<procedure:procedure>/<int:pk>/", file_page, name="file"),
    path("<procedure:procedure>/<int:pk>/experts/", experts, name="experts"),
    path("<procedure:procedure>/<int:pk>/experts/<int:number>/withdraw/", withdrawal, name="expert-withdrawal"),
    path("<procedure:procedure>/<int:pk>/<slug:key>/", step, name="step"),
    path("<procedure:procedure>/<int:pk>/<slug:key>/uploads/", begin, name="uploads"),
]
