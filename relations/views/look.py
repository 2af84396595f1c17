"""How a register looks: its colours and its logo, as its file has them."""

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
    """Answers without the database, for the page that says that it is away looks as all others."""

    reads_data = False


@for_an_hour
class StyleSheet(LookView):
    """The colours that follow from the accent."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not settings.REGISTER.style_sheet:
            raise Http404
        return HttpResponse(settings.REGISTER.style_sheet, content_type="text/css; charset=utf-8")


@for_an_hour
class Icon(LookView, RedirectView):
    """The icon, for those who look for it where it always was."""

    def get_redirect_url(self) -> str:
        return static("relations/icon.svg")


@for_an_hour
class Logo(LookView):
    """The picture beside the name."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not settings.REGISTER.logo:
            raise Http404
        return HttpResponse(Path(settings.REGISTER.logo).read_bytes(), content_type=settings.REGISTER.logo_type)
