"""`/healthz`: says that the process answers and that its database does."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse


def healthz(request: HttpRequest) -> JsonResponse:
    """200 with `{"status": "ok"}`, or 503 when the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return JsonResponse({"status": "down", "database": "数据库无应答"}, status=503)
    return JsonResponse({"status": "ok"})
