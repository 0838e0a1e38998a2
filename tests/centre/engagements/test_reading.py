"""What the pages about engagements say to do next, and what they do not ask for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from namsai_centre import clock
from namsai_centre.accounts.models import Notice, RoleGrant
from namsai_centre.accounts.templatetags.people import notice_words
from namsai_centre.engagements.actions.tasks import add_task
from namsai_centre.engagements.models import Engagement, Task
from namsai_centre.engagements.reminders import remind
from namsai_centre.engagements.stages import next_stage
from namsai_centre.savings.models import Measure
from namsai_centre.ui.templatetags.words import day
from namsai_centre.who import Who
from tests.centre.cast import Cast

AsWho = Callable[[str], Who]
Browser = Callable[[str], Client]


def test_every_stage_says_what_comes_next_and_only_workers_are_asked_what_holds_it_up(
    cast: Cast, browser: Browser
) -> None:
    e = cast.records["engagement"]
    url = reverse("engagements_see", args=[e.pk])
    long_ago = clock.today() - timedelta(days=900)
    for stage, word in (("aware", "sign an agreement"), ("assessed", "agrees to those"), ("alumni", "is finished")):
        Engagement.objects.filter(pk=e.pk).update(stage=stage, stage_since=long_ago)
        assert word in browser("owner").get(url).content.decode()
    Engagement.objects.filter(pk=e.pk).update(stage="aware")
    assert "What holds it up" not in browser("owner").get(url).content.decode()
    assert "What holds it up" in browser("expert").get(url).content.decode()


def test_the_light_tier_goes_on_without_an_assessment(cast: Cast, who: AsWho) -> None:
    e = cast.records["engagement"]
    e.stage, e.tier = "signed", "light"
    assert next_stage(e, who("officer")) == "implementing"
    e.tier = "full"
    assert next_stage(e, who("officer")) == "assessed"
    e.stage = "implementing"
    assert (next_stage(e, who("expert")), next_stage(e, who("officer"))) == ("", "verified")


def test_the_next_step_is_chosen_already(cast: Cast, browser: Browser) -> None:
    e = cast.records["engagement"]
    Engagement.objects.filter(pk=e.pk).update(stage="signed", tier="full")
    page = browser("officer").get(reverse("engagements_advance", args=[e.pk])).content.decode()
    assert '<option value="assessed" selected>' in page


def test_for_a_role_only_people_who_have_it_are_offered(cast: Cast, browser: Browser) -> None:
    url = reverse("engagements_assign", args=[cast.records["engagement"].pk])
    client = browser("officer")

    def offered(query: str) -> set[str]:
        return {str(p.pk) for p in client.get(url + query).context["form"].fields["person"].queryset}

    expert, verifier = str(cast.people["expert"].pk), str(cast.people["verifier"].pk)
    assert expert in offered("?role=expert")
    assert verifier not in offered("?role=expert")
    assert offered("") >= {expert, verifier}
    RoleGrant.objects.filter(role="verifier").delete()
    assert "Nobody has the role of a verifier today" in client.get(f"{url}?role=verifier").content.decode()


def test_a_reminder_names_task_firm_and_day_in_both_languages_and_leads_to_the_work(
    cast: Cast, who: AsWho, browser: Browser
) -> None:
    Task.objects.all().delete()
    due = clock.today() - timedelta(days=2)
    engagement = cast.records["engagement"]
    add_task(who("officer"), engagement, title="ສົ່ງໃບບິນ", due=due, person=cast.people["owner"])
    remind(clock.today())
    notice = Notice.objects.get(key="engagements.task_overdue", person=cast.people["owner"])
    assert notice.url == reverse("engagements_see", args=[engagement.pk])
    for lang, firm in (("lo", engagement.enterprise.name_lo), ("en", engagement.enterprise.name_en)):
        with override(lang):
            line, written = notice_words(notice), day(due)
        for fact in ("ສົ່ງໃບບິນ", firm, written):
            assert fact in line
    given = Notice.objects.get(key="engagements.task_given_until", person=cast.people["owner"])
    with override("en"):
        assert day(due) in notice_words(given)


def test_a_reminder_of_a_check_names_the_measure(cast: Cast) -> None:
    check = cast.records["check"]
    type(cast.records["saving"]).objects.filter(measure=check.measure).update(state="verified")
    Measure.objects.filter(pk=check.measure_id).update(title_lo="ຊ່ອມທໍ່ລົມ", title_en="Mend air leaks")
    remind(clock.today())
    notice = Notice.objects.filter(key="engagements.check_due")[0]
    with override("en"):
        assert "Mend air leaks" in notice_words(notice)
    with override("lo"):
        assert "ຊ່ອມທໍ່ລົມ" in notice_words(notice)


def test_an_owner_without_work_reads_what_will_happen_and_is_shown_no_filters(cast: Cast, browser: Browser) -> None:
    url = reverse("engagements_browse")
    assert 'role="search"' not in browser("owner").get(url).content.decode()
    assert 'role="search"' in browser("officer").get(url).content.decode()
    Engagement.objects.filter(enterprise=cast.records["enterprise"]).update(enterprise=cast.records["enterprise_b"])
    assert "There is no engagement yet" in browser("owner").get(url).content.decode()


def test_an_unfinished_self_check_leads_to_the_first_open_question(cast: Cast, browser: Browser) -> None:
    url = reverse("engagements_selfcheck", args=[cast.records["enterprise"].pk])
    answer = browser("owner").post(url, {"chemicals_store": "yes"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Still open: 14" in page
    assert 'href="#id_chemicals_danger"' in page


def test_the_next_module_of_a_club_is_marked(cast: Cast, browser: Browser) -> None:
    page = browser("officer").get(reverse("clubs_see", args=[cast.records["club"].pk])).content.decode()
    assert page.count('<span class="badge warn">next</span>') == 1
