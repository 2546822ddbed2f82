"""The interviews that are one's own to conduct, as one list to press on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from scorecards.model import CardStatus, RoundRecord

from .text import day, plain


def choose_card(statuses: Iterable[CardStatus], records: Mapping[str, RoundRecord]) -> str | None:
    """Draw the viewer's own scorecards, drafts first; the id of the one that was pressed."""
    home = {status.card_id: record for record in records.values() for status in record.statuses}
    own = [status for status in statuses if status.card_id in home and status.dismissed_reason is None]
    if not own:
        st.info("You have no interview yet. The lead of a round puts you on its panel and into interviews.")
        return None
    for status in sorted(
        own, key=lambda s: (not s.due, home[s.card_id].candidate[s.candidate_id].code, s.card_id)
    ):
        record = home[status.card_id]
        candidate = record.candidate[status.candidate_id]
        plan = record.interview[status.interview_id].plan
        with st.container(
            border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
        ):
            closed = record.round.state == "closed"
            when = "to conduct" if status.due else f"{status.state} {day(status.submitted_at)}"
            when = "not submitted; the round is closed" if closed and status.due else when
            st.markdown(
                f"**{plain(candidate.called())}** · {plain(plan.name)} · {plan.minutes} min · "
                f"{plain(record.round.name[:60])}  \n:gray[{when}]",
                width="content",
            )
            if (
                status.due
                and not closed
                and st.button("Open", key=f"open-{status.card_id}", icon=":material/mic:")
            ):
                return status.card_id
    return None
