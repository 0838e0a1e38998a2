"""Make a database file with a checked list of N rows (python -m ...checked N), and tell what a database file holds."""

from __future__ import annotations

import json
import sys


def make(rows: int) -> None:
    """Migrate, make an officer, check a list; print the run."""
    from django.core.management import call_command

    from namsai.workbook.lists import write_list
    from namsai_centre import clock
    from namsai_centre.accounts.identity import who_is
    from namsai_centre.accounts.models import Person, RoleGrant
    from namsai_centre.enterprises.actions import check_import

    call_command("migrate", verbosity=0)
    officer = Person.objects.create_user("officer@example.la", "nam-sai-clear-water", name_lo="ທ່ານ ພະນັກງານ")
    RoleGrant.objects.create(person=officer, role="officer", starts=clock.today())
    who = who_is(officer)
    letters = "ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮ"
    names = [f"ໂຮງ{letters[n % 27]}າ{letters[n // 27 % 27]}ີ{letters[n // 729 % 27]}ູນ {n}" for n in range(rows)]
    content = write_list(["ຊື່", "ເລກທະບຽນ", "Workers"], [[name, f"01-{n:06d}", n % 50] for n, name in enumerate(names)])
    run, _ = check_import.upload(who, content, "list.xlsx")
    run = check_import.set_columns(who, run, run.version, columns=run.mapping["columns"], numbers="")
    sys.stdout.write(json.dumps({"run": str(run.pk), "counts": run.counts}) + "\n")


def tell(run_id: str) -> None:
    """Print what stands in the database."""
    from namsai_centre.audit.chain import breaks
    from namsai_centre.audit.models import Entry
    from namsai_centre.enterprises.models import Brought, Enterprise, Identifier, ImportRun

    facts = {
        "state": ImportRun.objects.get(pk=run_id).state,
        "enterprises": Enterprise.objects.count(),
        "numbers": Identifier.objects.count(),
        "brought": Brought.objects.count(),
        "entries": Entry.objects.filter(action__startswith="enterprises.import").count(),
        "breaks": len(list(breaks())),
    }
    sys.stdout.write(json.dumps(facts) + "\n")


if __name__ == "__main__":
    import django

    django.setup()
    make(int(sys.argv[2])) if sys.argv[1] == "make" else tell(sys.argv[2])
