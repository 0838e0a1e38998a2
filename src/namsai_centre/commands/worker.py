"""The worker: runs the jobs that pages ask for (`python -m namsai_centre.commands.worker`)."""

from __future__ import annotations

from namsai_centre.commands.ready import set_up


def main() -> None:
    """Work until told to stop."""
    set_up()
    from django.core.management import call_command

    from namsai_centre.assessments.jobs import take_up_stuck
    from namsai_centre.enterprises.jobs import take_up_stuck as take_up_look

    take_up_stuck()
    take_up_look()

    call_command("db_worker", interval=1, verbosity=0)


if __name__ == "__main__":
    main()
