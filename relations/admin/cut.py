"""Splitting, joining and moving sentences on the coding screen."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from relations.admin.coding import Coding, may_cut
from relations.admin.coverage import log_coding
from relations.coding.cutting import Cutting, CuttingError
from relations.text import quoted

STEPS = {"earlier": -1, "later": 1}
WAYS = ("split", "join", *STEPS)


def cut(request: HttpRequest, coding: Coding) -> HttpResponse:
    """Splits the sentence, joins it with the next, or moves it; a refusal is shown on the page of the sentence."""
    way = request.POST["cut"]
    if way not in WAYS or not coding.passage:
        raise BadRequest(f"{quoted(way)} is no way to cut a sentence: {', '.join(WAYS)}.")
    if not may_cut(request.user):
        raise PermissionDenied
    try:
        with transaction.atomic():
            cutting = Cutting(coding.source, coding.passage.ref, request.POST.get("shown", ""))
            passage = cutting.passage
            if way == "split":
                cutting.split(request.POST.get("lines", "").splitlines())
            elif way == "join":
                cutting.join()
            else:
                passage = cutting.swap(STEPS[way])
    except CuttingError as error:
        messages.error(request, f"Nothing was changed. {error}")
        return HttpResponseRedirect(coding.address())
    log_coding(request, passage, "split, joined or moved")
    return HttpResponseRedirect(coding.address(passage))
