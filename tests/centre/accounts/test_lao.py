"""Lao for the words of Django and allauth: compiled from its source, and nothing English where a reader reads Lao."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from django import forms
from django.contrib.auth.password_validation import get_default_password_validators, validate_password
from django.core import validators
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.utils import formats, timesince, timezone, translation
from django.utils.translation import ngettext
from tools.compile_locale import SOURCE, compiled

from namsai_centre.accounts import forms as ours
from namsai_centre.accounts import forms_login
from namsai_centre.ui.forms import PageForm
from namsai_centre.who import Who
from tests.centre.cast import Cast

# Names and codes that are the same in Lao.
SAME = {"JSON", "UUID", "IPv", "English", "Google", "Authenticator", "Aegis", "Namsai"}


def english(text: str) -> list[str]:
    """Return the Latin words in a text a reader sees (not placeholders, addresses, names that are the same in Lao)."""
    shown = re.sub(r"%\([a-z_0-9]+\)[sdr]|%[sdr]|\{[a-z_]*\}|\S+@\S+", " ", text)
    return [w for w in re.findall(r"[A-Za-z]{3,}", shown) if w not in SAME]


@pytest.fixture(autouse=True)
def _lao() -> Iterator[None]:
    with translation.override("lo"):
        yield


def test_the_compiled_words_are_made_from_their_source() -> None:
    assert SOURCE.with_suffix(".mo").read_bytes() == compiled()


def test_every_word_has_lao_and_keeps_its_placeholders() -> None:
    import polib

    pattern = re.compile(r"%\([a-z_0-9]+\)[sdr]|%[sdr]")
    for entry in polib.pofile(str(SOURCE)):
        lao = entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr
        assert lao, entry.msgid
        assert set(pattern.findall(lao)) == set(pattern.findall(entry.msgid)), entry.msgid
        assert {f[1] for f in string.Formatter().parse(lao) if f[1]} == {
            f[1] for f in string.Formatter().parse(entry.msgid) if f[1]
        }


def _kinds(base: type) -> Iterator[Any]:
    kinds: list[Any] = base.__subclasses__()
    for kind in kinds:
        if kind.__module__.startswith("django."):
            yield kind
        yield from _kinds(kind)


def test_every_field_of_django_says_in_lao_what_is_wrong() -> None:
    count = 0
    for kind in {forms.Field, *_kinds(forms.Field)}:
        for code, message in getattr(kind, "default_error_messages", {}).items():
            text = message
            if hasattr(message, "_proxy____kw"):  # plural: asked with a number
                text = ngettext(message._proxy____kw["singular"], message._proxy____kw["plural"], 2)
            assert not english(str(text)), (kind.__name__, code, str(text))
            count += 1
    assert count > 20


CHECKS: list[tuple[Any, Any]] = [
    (validators.validate_email, "x"),
    (validators.URLValidator(), "x"),
    (validators.validate_integer, "x"),
    (validators.validate_slug, "ກ ກ"),
    (validators.validate_ipv46_address, "x"),
    (validators.MaxValueValidator(3), 4),
    (validators.MinValueValidator(3), 2),
    (validators.MaxLengthValidator(3), "xxxx"),
    (validators.MinLengthValidator(3), "x"),
    (validators.DecimalValidator(3, 1), Decimal("1.23")),
    (validators.DecimalValidator(3, 1), Decimal("1234")),
    (validators.RegexValidator("a"), "b"),
    (validators.StepValueValidator(2), 3),
    (validators.validate_comma_separated_integer_list, "x"),
    (validators.ProhibitNullCharactersValidator(), "\0"),
    (validators.FileExtensionValidator(["xlsx"]), SimpleNamespace(name="a.zip")),
]


@pytest.mark.parametrize(("check", "wrong"), CHECKS)
def test_every_check_of_a_value_says_in_lao_what_is_wrong(check: Callable[[Any], None], wrong: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        check(wrong)
    assert not [w for w in english(" ".join(refused.value.messages)) if w not in ("zip", "xlsx")], (
        refused.value.messages
    )


def test_every_rule_for_passwords_is_told_in_lao() -> None:
    for weak in ("1", "password1234", "12345678901234"):
        with pytest.raises(ValidationError) as refused:
            validate_password(weak)
        assert not english(" ".join(refused.value.messages)), refused.value.messages
    for rule in get_default_password_validators():
        assert not english(str(rule.get_help_text())), rule


def test_every_answer_of_the_log_in_is_in_lao() -> None:
    met = {"wrong", "unverified_primary_email", "username_blacklisted", "username_taken", "max_email_addresses",
           "duplicate_email", "cannot_remove_primary_email"}  # fmt: skip
    for adapter in (get_adapter(RequestFactory().get("/")), get_mfa_adapter()):
        for code, message in adapter.error_messages.items():
            if code not in met:  # those belong to pages that are closed here
                assert not english(str(message)), (code, str(message))


def _shown(form: forms.BaseForm) -> str:
    """Return what a reader sees of a form with its errors."""
    html = str(form.as_div())
    html = re.sub(r'<option value="[^"]*"', "<option", html)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


JUNK = {
    **dict.fromkeys(("email", "starts", "ends", "firm", "last_day", "expires_on"), "ກ"),
    **dict.fromkeys(("reason", "oldpassword", "code", "login", "password"), ""),
    "phone": "1",
    "password1": "1",
    "password2": "2",
    "role": "ກ",
    "language": "ກ",
    "firm_name": "ກ",
    "scopes": ["ກ"],
}


@pytest.mark.parametrize("data", [{}, JUNK])
def test_no_form_of_the_accounts_shows_an_english_word(
    cast: Cast, who: Callable[[str], Who], data: dict[str, Any]
) -> None:
    person = cast.people["owner"]
    request = RequestFactory().get("/")
    request.session = {}  # type: ignore[assignment]
    from allauth.core import context

    with context.request_context(request):
        made: list[forms.BaseForm] = [
            ours.NamesForm(data), ours.ReachForm(data), ours.RoleForm(data, who=who("director")),
            ours.RoleForm(data, who=who("owner")), ours.InviteForm(data, who=who("officer")), ours.EndForm(data),
            ours.ReasonForm(data), ours.GlassForm(data), ours.TokenForm(data),
            forms_login.LoginForm(data, request=request), forms_login.ResetForm(data),
            forms_login.NewPasswordForm(data, user=person),
            forms_login.ChangePasswordForm(data=data, user=person), forms_login.AgainForm(data, user=person),
            forms_login.CodeForm(data, user=person), forms_login.CodeAgainForm(data, user=person),
        ]  # fmt: skip
        for form in made:
            assert not english(_shown(form)), (type(form).__name__, _shown(form))


def test_every_other_form_of_the_centre_that_can_be_made_bare_shows_no_english_word(db: None) -> None:
    from django.urls import get_resolver

    assert get_resolver().url_patterns  # loads every app's forms
    seen = 0
    kinds = {k for k in _ours(PageForm) if k.__module__.startswith("namsai_centre.")}
    for kind in sorted(kinds, key=lambda k: f"{k.__module__}.{k.__name__}"):
        try:
            form = kind(data={"version": "x"})
        except (TypeError, KeyError):
            continue  # needs to know who asks or about what; its own app looks at it
        assert not english(" ".join(" ".join(map(str, e)) for e in form.errors.values())), (kind, form.errors)
        seen += 1
    assert seen >= 3


def _ours(base: type) -> Iterator[Any]:
    kinds: list[Any] = base.__subclasses__()
    for kind in kinds:
        yield kind
        yield from _ours(kind)


def test_days_months_and_spans_are_in_lao() -> None:
    for month in range(1, 13):
        for pattern in ("j F Y", "j M Y", "j N Y", "l", "D", "E"):
            assert not english(formats.date_format(date(2026, month, 1 + month), pattern)), (month, pattern)
    now = timezone.now()
    for days in (800, 70, 15, 2):
        assert not english(timesince.timesince(now - timedelta(days=days), now))
    assert not english(timesince.timesince(now - timedelta(hours=5, minutes=3), now))


def test_numbers_are_written_as_lao_readers_write_them() -> None:
    assert formats.number_format("1234567.5", use_l10n=True, force_grouping=True) == "1.234.567,5"
    assert formats.date_format(date(2026, 7, 28), "SHORT_DATE_FORMAT") == "28/07/2026"
