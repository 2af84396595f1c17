"""The look of the register: the style sheet of its colours, its icon and its logo, from `register.toml`."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.generic import RedirectView

from relations.views.base import PlainView

for_an_hour = method_decorator(cache_control(public=True, max_age=3600), name="dispatch")


class LookView(PlainView):
    """Responds without the database, so that the error page for a missing database looks like all others."""

    reads_data = False


@for_an_hour
class StyleSheet(LookView):
    """The colours derived from the accent colour."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not settings.REGISTER.style_sheet:
            raise Http404
        return HttpResponse(settings.REGISTER.style_sheet, content_type="text/css; charset=utf-8")


@for_an_hour
class Icon(LookView, RedirectView):
    """Redirects /favicon.ico to the icon."""

    def get_redirect_url(self) -> str:
        return static("relations/icon.svg")


@for_an_hour
class Logo(LookView):
    """The logo next to the title of the register."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not settings.REGISTER.logo:
            raise Http404
        return HttpResponse(Path(settings.REGISTER.logo).read_bytes(), content_type=settings.REGISTER.logo_type)
