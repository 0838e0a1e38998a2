"""What the killed process does: bring the checked list of its database in (python -m ...killed RUN)."""

from __future__ import annotations

import sys


def main() -> None:
    """Say when the work begins, bring the list in, say that it is done."""
    import django

    django.setup()
    from namsai_centre.accounts.identity import who_is
    from namsai_centre.accounts.models import Person
    from namsai_centre.enterprises.actions.apply_import import apply_import
    from namsai_centre.enterprises.models import ImportRun

    who = who_is(Person.objects.get(email="officer@example.la"))
    run = ImportRun.objects.get(pk=sys.argv[1])
    sys.stdout.write("begin\n")
    sys.stdout.flush()
    apply_import(who, run, run.version)
    sys.stdout.write("done\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
