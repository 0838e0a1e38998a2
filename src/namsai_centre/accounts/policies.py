"""Rights over people, roles, break-glass, notices, devices and tokens."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from namsai_centre import clock
from namsai_centre.accounts.models import ROLES, BreakGlass, Device, Notice, Person, RoleGrant, Token
from namsai_centre.rights import Policy
from namsai_centre.who import STAFF, Who

GLASS_ROLES = frozenset({"director", "officer", "expert", "verifier"})
FACTOR_ROLES = GLASS_ROLES
FIRM = frozenset({"owner", "member"})


def asks_second_factor(who: Who) -> bool:
    """Tell whether the person's roles ask for a second factor (never in the demo)."""
    from django.conf import settings

    return bool(who.roles & FACTOR_ROLES) and not settings.DEMO


def may_give(who: Who) -> frozenset[str]:
    """Return the roles somebody may give: director all, officer those in a firm, owner members of the own firm."""
    if who.director:
        return frozenset(ROLES)
    if who.staff:
        return FIRM
    return frozenset({"member"}) if who.owned else frozenset()


def _roles_of(person: Person) -> list[RoleGrant]:
    today = clock.today()
    return list(person.grants.filter(Q(ends__isnull=True) | Q(ends__gte=today)))


class PersonPolicy(Policy[Person]):
    """Staff see everybody; an owner the people of the own firms; everybody themselves."""

    model = Person

    def visible(self, who: Who) -> QuerySet[Person]:
        """Return the people who exist for this person."""
        if who.staff:
            return Person.objects.all()
        own = Q(pk=who.person_id)
        if who.owned:
            own |= Q(grants__enterprise__in=who.owned)
        return Person.objects.filter(own).distinct()

    def browse(self, who: Who) -> bool:
        """Staff and owners."""
        return who.staff or bool(who.owned)

    def invite(self, who: Who) -> bool:
        """Staff invite anybody, owners members of their firm (accounts.actions.invite holds them to it)."""
        return who.staff or bool(who.owned)

    def edit(self, who: Who, person: Person) -> bool:
        """Everybody their own names and language; staff everybody's."""
        return who.staff or person.pk == who.person_id

    def reach(self, who: Who, person: Person) -> bool:
        """E-mail and phone are the keys of an account: staff change them, those of staff only the director."""
        if not who.staff:
            return False
        return who.director or not any(g.role in STAFF for g in _roles_of(person))

    def link(self, who: Who, person: Person) -> bool:
        """Make a link to set a password: as `reach`, never for oneself; owners for those who are only their members."""
        if person.pk == who.person_id or not person.is_active:
            return False
        if who.staff:
            return self.reach(who, person)
        roles = _roles_of(person)
        return bool(roles) and all(g.role == "member" and g.enterprise_id in who.owned for g in roles)

    def close(self, who: Who, person: Person) -> bool:
        """The director closes accounts, never the own one."""
        return who.director and person.pk != who.person_id

    def grant(self, who: Who, person: Person) -> bool:
        """The director gives roles, never to themselves; owners make members of their own firm."""
        return (who.director or bool(who.owned)) and person.pk != who.person_id

    def reset_factor(self, who: Who, person: Person) -> bool:
        """The director takes a lost second factor away, never the own one."""
        return who.director and person.pk != who.person_id


class GrantPolicy(Policy[RoleGrant]):
    """Rights over roles given."""

    model = RoleGrant

    def visible(self, who: Who) -> QuerySet[RoleGrant]:
        """Staff: all; owners: of their firms; everybody their own."""
        if who.staff:
            return RoleGrant.objects.all()
        return RoleGrant.objects.filter(Q(person=who.person_id) | Q(enterprise__in=who.owned))

    def end(self, who: Who, grant: RoleGrant) -> bool:
        """The director ends any role but the own; an owner those of members of the own firm."""
        if grant.person_id == who.person_id:
            return False
        return who.director or (grant.role == "member" and grant.enterprise_id in who.owned)


class GlassPolicy(Policy[BreakGlass]):
    """Who opens a firm in an emergency, and who sees that it was opened."""

    model = BreakGlass

    def visible(self, who: Who) -> QuerySet[BreakGlass]:
        """Staff: all; others: those they opened."""
        return BreakGlass.objects.all() if who.staff else BreakGlass.objects.filter(person=who.person_id)

    def browse(self, who: Who) -> bool:
        """Whoever may open."""
        return bool(who.roles & GLASS_ROLES)

    def open(self, who: Who) -> bool:
        """Staff, experts and verifiers, on a page (never by a token)."""
        return bool(who.roles & GLASS_ROLES) and who.scopes is None

    def close(self, who: Who, glass: BreakGlass) -> bool:
        """Whoever opened it, and the director, while it is open."""
        return (who.director or glass.person_id == who.person_id) and glass.expires_at > clock.now()


class OwnNotices(Policy[Notice]):
    """Everybody their own notices."""

    model = Notice

    def visible(self, who: Who) -> QuerySet[Notice]:
        """Return the person's own."""
        return Notice.objects.filter(person=who.person_id)

    def read(self, who: Who, notice: Notice) -> bool:
        """The person told."""
        return notice.person_id == who.person_id


class OwnDevices(Policy[Device]):
    """Everybody the browsers they are logged in with."""

    model = Device

    def visible(self, who: Who) -> QuerySet[Device]:
        """Return the person's own."""
        return Device.objects.filter(person=who.person_id)

    def end(self, who: Who, device: Device) -> bool:
        """The person."""
        return device.person_id == who.person_id


class OwnTokens(Policy[Token]):
    """Everybody their own tokens."""

    model = Token

    def visible(self, who: Who) -> QuerySet[Token]:
        """Return the person's own."""
        return Token.objects.filter(person=who.person_id)

    def make(self, who: Who) -> bool:
        """Whoever is logged in on a page (a token makes no token)."""
        return who.known and who.scopes is None

    def end(self, who: Who, token: Token) -> bool:
        """The owner of the token."""
        return token.person_id == who.person_id


PEOPLE = PersonPolicy()
GRANTS = GrantPolicy()
GLASSES = GlassPolicy()
NOTICES = OwnNotices()
DEVICES = OwnDevices()
TOKENS = OwnTokens()
