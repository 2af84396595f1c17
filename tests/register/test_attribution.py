"""Citations for single fields with another modality than their record."""

import pytest
from django.test import Client

from tests.register.pages import lines


@pytest.mark.parametrize(
    ("path", "slug", "hedge"),
    [
        ("/arms-transfers/?modality=alleged", "prk-egy-rocket-propelled-grenades", ("recipient actor", "alleged")),
        ("/events/?modality=alleged", "houthi-forces-fire-scud-missiles-into-saudi-arabia", ("PRK", "alleged")),
        ("/events/?modality=alleged", "houthi-forces-fire-scud-missiles-into-saudi-arabia", ("YEM", "alleged")),
        ("/events/?modality=inferred", "egypt-votes-for-soviet-draft-to-invite-both-koreas", ("reason", "inferred")),
    ],
)
def test_record_is_found_by_the_field_that_is_hedged(
    client: Client, path: str, slug: str, hedge: tuple[str, str]
) -> None:
    (record,) = (record for record in client.get(path).context["rows"] if record.slug == slug)
    assert record.modality in ("asserted", "reported")
    told = {(citation.part or citation.field.replace("_", " "), citation.modality) for citation in record.hedges}
    assert hedge in told


def test_page_says_of_which_participant_the_part_is_alleged() -> None:
    told = lines("/events/houthi-forces-fire-scud-missiles-into-saudi-arabia/")
    yemen, saudi = told.index("Yemen"), told.index("Saudi Arabia")
    assert "Alleged" in told[yemen : yemen + 5]
    assert "Alleged" not in told[saudi : saudi + 3]
