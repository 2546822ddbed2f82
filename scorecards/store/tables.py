"""The tables. Ids are keys, labels never are; what is frozen is stored as JSON text."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_ID = String(64)
# UTC as 2026-01-31T14:03:12.000000Z: sorts as text, the same bytes on every database.
_TIME = String(27)


def _in_round() -> Column[str]:
    return Column("round_id", _ID, ForeignKey("rounds.id", ondelete="CASCADE"), nullable=False)


people = Table(
    "people",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("name", Text, nullable=False),
    # The same for all spellings of a name. Empty: someone else held the name first, and the two are not merged.
    Column("key", String(64)),
    Index("ix_people_key", "key", unique=True),
)

# What is asked in an interview, once for all rounds and interviews that ask the same.
plans = Table(
    "plans",
    metadata,
    # Content hash of the body, which never changes.
    Column("digest", String(64), primary_key=True),
    Column("body", Text, nullable=False),
)

rounds = Table(
    "rounds",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("lead_id", _ID, ForeignKey("people.id"), nullable=False),
    Column("demo", Boolean, nullable=False),
    # The round as JSON, its slots with their plans by digest; lead and demo stand beside it to be asked for.
    Column("body", Text, nullable=False),
    Column("created_at", _TIME, nullable=False),
    # Who brought it in from a file, a person's id or 'operator', and when; both or neither.
    Column("imported_by", _ID),
    Column("imported_at", _TIME),
)

# Which plans the slots of a round name: a plan that nothing names is deleted.
round_plans = Table(
    "round_plans",
    metadata,
    Column("round_id", _ID, ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True),
    Column("plan_digest", String(64), ForeignKey("plans.digest"), primary_key=True),
    Index("ix_round_plans_plan_digest", "plan_digest"),
)

panel = Table(
    "panel",
    metadata,
    Column("round_id", _ID, ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", _ID, ForeignKey("people.id"), primary_key=True),
    Index("ix_panel_person_id", "person_id"),
)

candidates = Table(
    "candidates",
    metadata,
    Column("id", _ID, primary_key=True),
    _in_round(),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Index("ix_candidates_round_id", "round_id"),
)

interviews = Table(
    "interviews",
    metadata,
    Column("id", _ID, primary_key=True),
    _in_round(),
    Column("candidate_id", _ID, ForeignKey("candidates.id", ondelete="CASCADE"), nullable=False),
    Column("slot_id", _ID, nullable=False),
    Column("plan_digest", String(64), ForeignKey("plans.digest"), nullable=False),
    Column("dismissed_reason", Text),
    Column("leader_id", _ID, ForeignKey("people.id")),
    Column("created_at", _TIME, nullable=False),
    Index("ix_interviews_round_id", "round_id"),
    Index("ix_interviews_candidate_id", "candidate_id"),
    Index("ix_interviews_plan_digest", "plan_digest"),
)

scorecards = Table(
    "scorecards",
    metadata,
    Column("id", _ID, primary_key=True),
    _in_round(),
    Column("interview_id", _ID, ForeignKey("interviews.id", ondelete="CASCADE"), nullable=False),
    Column("candidate_id", _ID, ForeignKey("candidates.id", ondelete="CASCADE"), nullable=False),
    Column("interviewer_id", _ID, ForeignKey("people.id"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("verdict", Text, nullable=False),
    Column("submitted_at", _TIME),
    Column("withdrawn_reason", Text),
    # Since when and why nobody waits for it any more, as JSON.
    Column("not_owed", Text),
    Index("ix_scorecards_round_id", "round_id"),
    Index("ix_scorecards_interviewer_id", "interviewer_id"),
    Index("ix_scorecards_interview_id_interviewer_id", "interview_id", "interviewer_id", unique=True),
)

ratings = Table(
    "ratings",
    metadata,
    Column("scorecard_id", _ID, ForeignKey("scorecards.id", ondelete="CASCADE"), primary_key=True),
    Column("question_id", _ID, primary_key=True),
    # Counts stored changes, so that a stale write is noticed.
    Column("version", Integer, nullable=False),
    # The browser window that wrote last, and its count then: an older count of the same window changes nothing.
    Column("writer", String(64), nullable=False),
    Column("writer_count", Integer, nullable=False, server_default="0"),
    Column("body", Text, nullable=False),
    Column("saved_at", _TIME, nullable=False),
)

amendments = Table(
    "amendments",
    metadata,
    Column("scorecard_id", _ID, ForeignKey("scorecards.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("author_id", _ID, ForeignKey("people.id"), nullable=False),
    Column("at", _TIME, nullable=False),
    Column("reason", Text, nullable=False),
    Column("after_seeing_others", Boolean, nullable=False),
    Column("before", Text, nullable=False),
)

moments = Table(
    "moments",
    metadata,
    Column("scorecard_id", _ID, ForeignKey("scorecards.id", ondelete="CASCADE"), primary_key=True),
    Column("id", String(80), primary_key=True),
    Column("at", _TIME, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("question_id", _ID),
    Column("detail", String(80), nullable=False),
)

# The debrief: votes stay sealed until their turn is opened; changed votes and decisions are only ever added.
votes = Table(
    "votes",
    metadata,
    Column("candidate_id", _ID, ForeignKey("candidates.id", ondelete="CASCADE"), primary_key=True),
    Column("turn", Integer, primary_key=True),
    Column("person_id", _ID, ForeignKey("people.id"), primary_key=True),
    # Counts what someone voted in a turn; the last one counts.
    Column("number", Integer, primary_key=True, server_default="1"),
    Column("choice", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", _TIME, nullable=False),
    # Whether what others recorded could be read when it was cast; empty for second votes and in older rows.
    Column("could_have_read", Boolean),
)

openings = Table(
    "openings",
    metadata,
    Column("candidate_id", _ID, ForeignKey("candidates.id", ondelete="CASCADE"), primary_key=True),
    Column("turn", Integer, primary_key=True),
    Column("body", Text, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("candidate_id", _ID, ForeignKey("candidates.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("body", Text, nullable=False),
)

# Which window is writing a draft, its current question, and the one that the candidate sees. Never exported.
desks = Table(
    "desks",
    metadata,
    Column("scorecard_id", _ID, ForeignKey("scorecards.id", ondelete="CASCADE"), primary_key=True),
    Column("holder", String(64), nullable=False),
    Column("held_at", _TIME, nullable=False),
    Column("question_id", _ID),
    # Grows whenever another window comes to hold it: a message of an earlier term takes nothing back.
    Column("term", Integer, nullable=False, server_default="0"),
    # The number of the newest message of the window that holds it.
    Column("told", Integer, nullable=False, server_default="0"),
    Column("shown_id", _ID),
)

# Who wrote the words of a draft's recommendation last: what `ratings` keeps of its own words. Never exported.
closing_words = Table(
    "closing_words",
    metadata,
    Column("scorecard_id", _ID, ForeignKey("scorecards.id", ondelete="CASCADE"), primary_key=True),
    Column("slot", String(16), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("writer", String(64), nullable=False),
    Column("writer_count", Integer, nullable=False),
)

# Addresses at which a candidate looks on. Never exported.
windows = Table(
    "windows",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("interview_id", _ID, ForeignKey("interviews.id", ondelete="CASCADE"), nullable=False),
    Column("opened_at", _TIME, nullable=False),
    Column("closed_at", _TIME),
    Index("ix_windows_interview_id", "interview_id"),
)

# Secrets that this database's kit signs with. Never exported.
keys = Table(
    "keys",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", String(128), nullable=False),
)

# Who signs in as whom, and who runs the deployment. Never exported.
accounts = Table(
    "accounts",
    metadata,
    Column("person_id", _ID, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    # Issuer and subject of the sign-in; none for a person who never signed in.
    Column("identity", Text),
    Column("email", Text),
    Column("admin", Boolean, nullable=False),
    Column("signed_in_at", _TIME),
    Index("ix_accounts_identity", "identity", unique=True),
    Index("ix_accounts_email", "email", unique=True),
)

# Who signed in when: one row for one browser, by the digest of its sign-in. Never exported.
sessions = Table(
    "sessions",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("person_id", _ID, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("began_at", _TIME, nullable=False),
    Column("ended_at", _TIME),
    Index("ix_sessions_person_id", "person_id"),
)

# Who did what, when: each row holds the digest of the one before. It names ids, outlives what it tells of, and is
# never changed.
audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", _TIME, nullable=False),
    Column("actor", _ID, nullable=False),
    Column("action", String(32), nullable=False),
    Column("round_id", _ID),
    Column("subject", _ID),
    Column("detail", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Index("ix_audit_round_id", "round_id"),
)

# Keys to read one round from outside; only their digests are kept. Never exported.
tokens = Table(
    "tokens",
    metadata,
    Column("id", _ID, primary_key=True),
    _in_round(),
    Column("name", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("viewer_id", _ID, ForeignKey("people.id"), nullable=False),
    Column("created_at", _TIME, nullable=False),
    Column("revoked_at", _TIME),
    Index("ix_tokens_round_id", "round_id"),
    Index("ix_tokens_digest", "digest", unique=True),
)

# Where a round's submissions are told, and what is still to be told. Never exported.
webhooks = Table(
    "webhooks",
    metadata,
    Column("round_id", _ID, ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True),
    Column("url", Text, nullable=False),
    Column("secret", String(128), nullable=False),
    Column("set_by", _ID, ForeignKey("people.id"), nullable=False),
    Column("set_at", _TIME, nullable=False),
)
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", _ID, primary_key=True),
    _in_round(),
    Column("body", Text, nullable=False),
    Column("made_at", _TIME, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_at", _TIME),
    Column("delivered_at", _TIME),
    Column("fault", Text),
    Index("ix_deliveries_round_id", "round_id"),
    Index("ix_deliveries_next_at", "next_at"),
)
