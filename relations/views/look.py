"""How a register looks: its colours and its logo, as its file has them."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control


@cache_control(public=True, max_age=3600)
def style_sheet(request: HttpRequest) -> HttpResponse:
    """The colours that follow from the accent."""
    if not settings.REGISTER.style_sheet:
        raise Http404
    return HttpResponse(settings.REGISTER.style_sheet, content_type="text/css; charset=utf-8")


@cache_control(public=True, max_age=3600)
def icon(request: HttpRequest) -> HttpResponse:
    """The icon, for those who look for it where it always was."""
    return HttpResponseRedirect(static("relations/icon.svg"))


@cache_control(public=True, max_age=3600)
def logo(request: HttpRequest) -> HttpResponse:
    """The picture beside the name."""
    if not settings.REGISTER.logo:
        raise Http404
    return HttpResponse(Path(settings.REGISTER.logo).read_bytes(), content_type=settings.REGISTER.logo_type)
