"""The committee's addresses, below /desk/panels/."""

from django.urls import path

from expertpool.views import appointments, decision, nomination, panels

urlpatterns = [
    path("", panels.panel_list, name="panel-list"),
    path("appointments/<slug:number>/", appointments.letter, name="panel-letter"),
    path("appointments/<slug:number>/end/", appointments.end, name="panel-end-appointment"),
    path("<slug:key>/", panels.panel_page, name="panel"),
    path("<slug:key>.<slug:format>", panels.panel_export, name="panel-export"),
    path("<slug:key>/decisions/", panels.panel_decisions, name="panel-decisions"),
    path("<slug:key>/nominations/<slug:number>/", nomination.nomination, name="panel-nomination"),
    path("<slug:key>/nominations/<slug:number>/decide/", decision.decision, name="panel-decide"),
    path("<slug:key>/nominations/<slug:number>/conflict/", nomination.conflict, name="panel-conflict"),
    path("<slug:key>/nominations/<slug:number>/assign/", nomination.assignment, name="panel-assign"),
]
