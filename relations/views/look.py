"""How a register looks: its colours and its logo, as its file has them.

These are functions, because what a class answers is taken for a page, which is read from the database; the page that
says that there is none looks as all others.
"""

from collections.abc import Callable
from functools import wraps
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control

from relations.parameters import BadParameters
from relations.views.base import NoParameters, refused

View = Callable[[HttpRequest], HttpResponse]


def takes_none(view: View) -> View:
    """The view, which refuses all parameters as a page does."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        try:
            NoParameters(request.GET).check()
        except BadParameters as error:
            return refused(request, error)
        return view(request)

    return answer


@takes_none
@cache_control(public=True, max_age=3600)
def style_sheet(request: HttpRequest) -> HttpResponse:
    """The colours that follow from the accent."""
    if not settings.REGISTER.style_sheet:
        raise Http404
    return HttpResponse(settings.REGISTER.style_sheet, content_type="text/css; charset=utf-8")


@takes_none
@cache_control(public=True, max_age=3600)
def icon(request: HttpRequest) -> HttpResponse:
    """The icon, for those who look for it where it always was."""
    return HttpResponseRedirect(static("relations/icon.svg"))


@takes_none
@cache_control(public=True, max_age=3600)
def logo(request: HttpRequest) -> HttpResponse:
    """The picture beside the name."""
    if not settings.REGISTER.logo:
        raise Http404
    return HttpResponse(Path(settings.REGISTER.logo).read_bytes(), content_type=settings.REGISTER.logo_type)
