"""The matter itself: an old lady asks for home care and confirms her pension, from the ticket to the rating."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from .afterwards import Afterwards
from .at_window import AtWindow
from .steps import Step


class Walk(AtWindow, Afterwards):
    """One walk. `steps` does one after the other; each raises Fallen when it does not show what it must."""

    def steps(self) -> Iterator[Step]:
        """Every step, done when it is asked for."""
        for number, act in enumerate(self._acts(), start=1):
            ms, calls = self.caller.ms, self.caller.calls
            step = act()
            step.number, step.ms, step.calls = number, self.caller.ms - ms, self.caller.calls - calls
            if self.with_papers:
                step.trail = self._new_rows()
            yield step

    def _acts(self) -> Iterator[Callable[[], Step]]:
        yield from (self.look_in, self.take_ticket, self.be_called, self.begin)
        yield from (self.open_case, self.answer, self.submit, self.be_told_once, self.bring_papers)
        yield from (self.accept, self.decide, self.finish, self.keep_outsiders_out, self.sign)
        for stage in self.chosen.promised["route"]:
            yield from (partial(self.review, office) for office in stage)
        yield from (self.issue, self.verify, self.be_messaged, self.hand_over, self.track, self.rate)
        yield from (self.count, self.check)
