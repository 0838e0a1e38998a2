"""The demo: people of every role, firms, and what each app shows of them (one file per app, `fill(people)`)."""
