"""Negated records, and values of closed lists that express a negation themselves."""

from relations.models import RECORD_TYPES, ArmsTransfer, Observation, RelationPeriod


def test_denied_are_the_acts_for_which_no_closed_list_has_a_word() -> None:
    assert {record.slug for model in RECORD_TYPES for record in model.objects.filter(negated=True)} == {
        "kim-jong-un-attends-suez-canal-reopening",
        "korean-war-settles-whose-korea-is",
        "egypt-votes-against-resolutions-sponsored-by-united-states",
        "prk-irq-missile-technology",
    }


def test_what_a_closed_list_denies_is_not_denied_again() -> None:
    assert not RelationPeriod.objects.filter(value__in=["not_recognised", "refuses"], negated=True).exists()
    assert not ArmsTransfer.objects.filter(deal_status="paid_not_delivered", negated=True).exists()
    assert not Observation.objects.filter(figure_missing="not_reported", negated=True).exists()
    assert RelationPeriod.objects.filter(value="not_recognised").count() == 1
    assert ArmsTransfer.objects.filter(deal_status="paid_not_delivered").count() == 1
    assert Observation.objects.filter(figure_missing="not_reported").count() == 2
