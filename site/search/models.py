"""The index as tables: the truth of what can be found, from which every engine's own index is filled."""

from django.db import models


class SearchEntry(models.Model):
    """索引条目: one thing that can be found, with its text as the segmenter's tokens."""

    key = models.CharField(max_length=190, unique=True)
    kind = models.CharField(max_length=40)
    title = models.TextField()
    body = models.TextField(blank=True)
    url = models.CharField(max_length=1000, blank=True)
    date = models.DateField(null=True, blank=True)
    record_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    title_tokens = models.TextField(blank=True)
    body_tokens = models.TextField(blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "索引条目"
        indexes = [models.Index(fields=["date", "id"], name="search_entry_by_date")]

    def __str__(self) -> str:
        return self.title


class SearchAudience(models.Model):
    """可见对象: a token of which a viewer needs one to see the entry."""

    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="audience", db_index=False)
    token = models.CharField(max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = "可见对象"
        constraints = [models.UniqueConstraint(fields=["entry", "token"], name="search_audience_once")]
        indexes = [models.Index(fields=["token", "entry"], name="search_audience_by_token")]

    def __str__(self) -> str:
        return self.token


class SearchFacet(models.Model):
    """分面: a value by which results are counted and narrowed."""

    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="facets", db_index=False)
    name = models.CharField(max_length=40)
    value = models.CharField(max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "分面"
        constraints = [models.UniqueConstraint(fields=["entry", "name", "value"], name="search_facet_once")]
        indexes = [models.Index(fields=["name", "value", "entry"], name="search_facet_by_value")]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"
