"""The one door to the database: a list of desks. Every call names its viewer, and is refused where rules say so."""

from __future__ import annotations

from .accounts import AccountDesk
from .audit import AuditDesk
from .candidates import CandidateDesk
from .cards import CardDesk
from .debriefs import DebriefDesk
from .engine import Database
from .hooks import HookDesk
from .imports import ImportDesk
from .interviews import InterviewDesk
from .lists import ListDesk
from .live import LiveDesk
from .naming import NameDesk
from .office import Office
from .offline import OfflineDesk
from .people import PeopleDesk
from .privacy import PrivacyDesk
from .rounds import RoundDesk
from .seats import SeatDesk
from .tokens import TokenDesk


class Store:
    """What the screens and the terminal call, desk by desk. One transaction a call; times in UTC."""

    def __init__(self, database: Database):
        # A round and what is in it.
        self.rounds = RoundDesk(database)
        self.candidates = CandidateDesk(database)
        self.interviews = InterviewDesk(database)
        self.cards = CardDesk(database)
        # Where interviews are conducted, and who sits in which.
        self.live = LiveDesk(database)
        self.seats = SeatDesk(database)
        # Where candidates are debriefed.
        self.debriefs = DebriefDesk(database)
        # Where rounds are listed, those that cannot be read too; and where they come in from files.
        self.lists = ListDesk(database)
        self.imports = ImportDesk(database)
        # Where interviewers work without this server.
        self.offline = OfflineDesk(database, self.live.key)
        # People: who is here, what they are called, how they come in and go.
        self.people = PeopleDesk(database)
        self.names = NameDesk(database)
        self.accounts = AccountDesk(database)
        # Where the deployment is administered, and where personal data end.
        self.office = Office(database)
        self.privacy = PrivacyDesk(database)
        # What was done, by whom and when.
        self.audit = AuditDesk(database)
        # Where other systems are told of submissions, and with what they read a round.
        self.hooks = HookDesk(database)
        self.tokens = TokenDesk(database)
