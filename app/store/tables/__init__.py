"""Every table. Foreign keys point one way: a revision knows its record, a pledge its donor."""

from app.store.tables.events import Event, EventSource, Package, PackageSource
from app.store.tables.history import Change, DatasetState, Patrol, Revision, Snapshot
from app.store.tables.imports import ImportFile, ImportLine, ImportRow, ImportRun, Mapping
from app.store.tables.people import Account, Attempt, Invitation, RecoveryCode, Session, Token
from app.store.tables.pledges import Claim, Link, Milestone, Party, Pledge
from app.store.tables.reference import Coverage, Donor, Membership, Source, System
from app.store.tables.suggestions import Suggestion
from app.store.tables.summaries import PledgeGroup, PledgeSource, Portion, Standing, Tally

__all__ = [
    "Account",
    "Attempt",
    "Change",
    "Claim",
    "Coverage",
    "DatasetState",
    "Donor",
    "Event",
    "EventSource",
    "ImportFile",
    "ImportLine",
    "ImportRow",
    "ImportRun",
    "Invitation",
    "Link",
    "Mapping",
    "Membership",
    "Milestone",
    "Package",
    "PackageSource",
    "Party",
    "Pledge",
    "Patrol",
    "PledgeGroup",
    "PledgeSource",
    "Portion",
    "RecoveryCode",
    "Revision",
    "Session",
    "Snapshot",
    "Source",
    "Standing",
    "Suggestion",
    "System",
    "Tally",
    "Token",
]
