"""What changes the ledger: one verb a file."""

from collections.abc import Callable, Sequence

from namsai_centre.savings.actions.agree import agree
from namsai_centre.savings.actions.correct import correct
from namsai_centre.savings.actions.discontinue import discontinue
from namsai_centre.savings.actions.give_back import give_back
from namsai_centre.savings.actions.implement import implement
from namsai_centre.savings.actions.measure import measure
from namsai_centre.savings.actions.reject import reject
from namsai_centre.savings.actions.restate import restate
from namsai_centre.savings.actions.step import Line, Told
from namsai_centre.savings.actions.verify import verify
from namsai_centre.savings.models import Measure, Saving
from namsai_centre.who import Who

__all__ = [
    "STEPS", "Line", "Told", "agree", "correct", "discontinue", "give_back", "implement", "measure", "reject",
    "restate", "verify",
]  # fmt: skip

# Each verb of states.TABLE with what does it.
STEPS: dict[str, Callable[[Who, Measure, Sequence[Line], Told], list[Saving]]] = {
    "agree": agree,
    "implement": implement,
    "measure": measure,
    "verify": verify,
    "give_back": give_back,
    "reject": reject,
    "discontinue": discontinue,
    "restate": restate,
    "correct": correct,
}
