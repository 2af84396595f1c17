"""The coverage of sentences on the coding screen, and the redirect to the next sentence."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from relations.admin.coding import Coding
from relations.admin.forms import CoverageForm
from relations.models import Citation, Passage
from relations.models.source import PassageQuerySet
from relations.rights import may
from relations.wording import title

COVERAGE = {
    "finished": {"finished": True},
    PassageQuerySet.TO_DO: {"finished": False},
    PassageQuerySet.OUT_OF_SCOPE: {"finished": True},
}
NOTHING_CODED = "Nothing is coded in {}: code it, say that it is context, or why it is out of scope."


def response_after_save(request: HttpRequest, coding: Coding, record: Any) -> HttpResponse:
    """The redirect after a record was saved on the coding screen, by the button that was pressed.

    `_finish` marks the sentence as finished and goes to the next, `_next` opens another form of the same type, and
    without either the sentence is shown again.
    """
    if not coding.passage:
        raise BadRequest("There is no sentence.")
    messages.success(request, f"Saved in {coding.passage.ref}: {title(record)}.")
    if "_finish" in request.POST and may(request.user, "change", Passage):
        return set_coverage(request, coding, "finished", "")
    log_coding(request, coding.passage, f"coded {record.slug}")
    return HttpResponseRedirect(coding.address(kind=coding.kind) if "_next" in request.POST else coding.address())


def set_coverage(request: HttpRequest, coding: Coding, coverage: str, reason: str) -> HttpResponse:
    """Sets the coverage of the sentence, and redirects to the next; errors are shown on the page of the sentence.

    `coverage` is a key of `COVERAGE`; `reason` is required for “out of scope”.
    """
    passage: Any = coding.passage
    form = CoverageForm({**COVERAGE[coverage], "out_of_scope_reason": reason}, instance=passage)
    cited = Citation.objects.filter(passage=passage).exists()
    if coverage == "finished" and not cited:
        form.add_error(None, NOTHING_CODED.format(passage.ref))
    if coverage == PassageQuerySet.OUT_OF_SCOPE and (cited or not reason.strip()):
        form.add_error(None, f"{passage.ref} is cited." if cited else "Say why it is out of scope.")
    if form.errors:
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
        return HttpResponseRedirect(coding.address())
    if form.has_changed():
        passage.save(update_fields=form._meta.fields)
    log_coding(request, passage, (form.instance.out_of_scope_reason and "out of scope") or coverage)
    following = coding.next_to_do() if passage.finished else passage
    return HttpResponseRedirect(coding.address(following))


def log_coding(request: HttpRequest, passage: Passage, message: str) -> None:
    """Adds an entry to Django's log, by which the home page leads back to the sentence."""
    admin.site.get_model_admin(Passage).log_change(request, passage, message)
