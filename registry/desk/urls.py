"""The desk's addresses, below /desk/."""

from django.urls import path

from registry.desk.views import acts, editing, files, filings, home, rounds, upload

urlpatterns = [
    path("", home.home, name="desk"),
    path("rounds/<slug:key>/", rounds.round_page, name="desk-round"),
    path("rounds/<slug:key>/new/", editing.new, name="desk-new"),
    path("rounds/<slug:key>/roster/", rounds.roster, name="desk-roster"),
    path("rounds/<slug:key>/shortfall/", rounds.shortfall, name="desk-shortfall"),
    path("rounds/<slug:key>/shortfall.csv", rounds.shortfall_csv, name="desk-shortfall-csv"),
    path("rounds/<slug:key>/upload/", upload.upload, name="desk-upload"),
    path("rounds/<slug:key>/template.xlsx", upload.template, name="desk-template"),
    path("filings/<uuid:uid>/", filings.filing, name="desk-filing"),
    path("filings/<uuid:uid>/edit/", editing.edit, name="desk-edit"),
    path("filings/<uuid:uid>/check/", filings.check, name="desk-check"),
    path("filings/<uuid:uid>/receipt/", filings.receipt, name="desk-receipt"),
    path("filings/<uuid:uid>/print/", filings.printed, name="desk-print"),
    path("filings/<uuid:uid>/withdraw/", acts.withdraw_filing, name="desk-withdraw"),
    path("filings/<uuid:uid>/return/", acts.return_filing, name="desk-return"),
    path("filings/<uuid:uid>/withhold/", acts.withhold_filing, name="desk-withhold"),
    path("filings/<uuid:uid>/reveal/", acts.reveal, name="desk-reveal"),
    path("filings/<uuid:uid>/files/<int:pk>/", files.file, name="desk-file"),
]
