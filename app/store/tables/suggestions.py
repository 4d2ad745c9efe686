"""What readers and contributors propose, until an editor has decided."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.domain.suggestion import SuggestionState
from app.store.columns import coded, identity, may_refer_to, text


class Suggestion(SQLModel, table=True):
    """`texts` holds what was typed, as JSON: field to text. Whoever made it follows it by a link whose secret is
    kept as a digest only."""

    id: int | None = identity()
    pledge_id: int | None = may_refer_to("pledge.id")  # None: a new pledge
    seen: int = 0  # the version it was typed against
    texts: str = text()
    source: str = text()  # address or words, as typed
    comment: str = text()
    name: str = text()
    account_id: int | None = may_refer_to("account.id")
    secret: str = Field(nullable=False, unique=True)
    made_at: datetime
    state: SuggestionState = coded(SuggestionState, index=True)
    decided_by_id: int | None = Field(default=None, foreign_key="account.id")
    decided_at: datetime | None = None
    reason: str = text()
    taken: str = text()  # the fields that were accepted, divided by a blank
    change_id: int | None = Field(default=None, foreign_key="change.id")
