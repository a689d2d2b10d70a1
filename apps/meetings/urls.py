"""Addresses of the meetings' pages."""

from django.urls import path

from apps.meetings import views

urlpatterns = [
    path("meetings/", views.meeting_list, name="meetings"),
    path("meetings.<table:ending>", views.meeting_table, name="meetings-export"),
    path("meetings/<int:number>/", views.meeting_page, name="meeting"),
    path("meetings/<int:number>/agenda/", views.agenda_page, name="meeting-agenda"),
    path("meetings/<int:number>/attendance/", views.attendance_page, name="meeting-attendance"),
    path("meetings/<int:number>/items/<int:item>/", views.item_page, name="meeting-item"),
    path("meetings/<int:number>/decisions/", views.decisions_page, name="meeting-decisions"),
    path("meetings/<int:number>/report/", views.report_page, name="meeting-report"),
]
