"""The two small reference models under wagtail-modeladmin (DESIGN invariant 8), and nothing else there."""

from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup

from registry.models import Region, SpecialDay


class RegionAdmin(ModelAdmin):
    """行政区划."""

    model = Region
    menu_label = "行政区划"
    menu_icon = "globe"
    list_display = ["name", "code", "kind", "parent", "reviews"]
    list_filter = ["kind", "review_unit"]
    list_select_related = ["parent"]
    search_fields = ["name", "code"]

    def reviews(self, region: Region) -> str:
        """In words: the list's own yes and no are pictures of Django's admin, which this site does not have."""
        return "是" if region.review_unit else "否"

    reviews.short_description = "独立审核单位"


class SpecialDayAdmin(ModelAdmin):
    """调休日."""

    model = SpecialDay
    menu_label = "调休日"
    menu_icon = "calendar"
    list_display = ["date", "kind", "holiday"]
    list_filter = ["kind"]
    search_fields = ["holiday"]


class PlacesGroup(ModelAdminGroup):
    """基础资料."""

    menu_label = "基础资料"
    menu_icon = "table"
    menu_order = 230
    items = (RegionAdmin, SpecialDayAdmin)
