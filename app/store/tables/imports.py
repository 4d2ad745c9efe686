"""Files read into the records: each reading, its rows, what each line said, and what the names of a dataset mean."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, LargeBinary
from sqlmodel import Field, SQLModel

from app.domain.import_run import ImportState, Outcome
from app.domain.system import Role, Unit
from app.store.columns import coded, coded_or_none, identity, ordered, refers_to, text


class ImportRun(SQLModel, table=True):
    """One file, from the upload to its end. Numbers of accounts and changes stand by themselves, as in the history."""

    __tablename__ = "import_run"
    id: int | None = identity()
    name: str = text()  # of the file
    digest: str = ordered(index=True)  # SHA-256 of the file
    size: int = 0
    importer: str = text()
    dataset: str = text()
    release: str = text()
    until: date | None = Field(default=None)  # the last day that its lines tell of, where it holds all of a dataset
    known: str = text()  # digest of the names that it was read with
    state: ImportState = coded(ImportState, index=True)
    author: str = text()
    account_id: int | None = Field(default=None, sa_type=BigInteger)
    doer: str = text()  # whoever had it written or taken back, where it was another
    doer_id: int | None = Field(default=None, sa_type=BigInteger)
    made_at: datetime
    done: int = 0
    whole: int = 0
    beat_at: datetime | None = None  # when the work last gave a sign of life
    sentence: str = text()  # why it ended early, as JSON: a text of the catalogue and what stands in it
    added: int = 0  # pledges that are new with it, and those that it changes
    changed: int = 0
    counter: int = 0  # committed changes when it was compared with the records
    told: str = text()  # as JSON: counts by outcome, sums, names without a meaning
    set_aside: bool = False  # whether lines that the file no longer has are taken out of the sums
    change_id: int | None = Field(default=None, sa_type=BigInteger)
    undo_id: int | None = Field(default=None, sa_type=BigInteger)


class ImportFile(SQLModel, table=True):
    """The bytes, only until they are written or left alone."""

    __tablename__ = "import_file"
    run_id: int = Field(foreign_key="import_run.id", primary_key=True, sa_type=BigInteger)
    body: bytes = Field(sa_type=LargeBinary)


class ImportRow(SQLModel, table=True):
    """What becomes of one row. `seen` is the version it was compared with, 0 for a new record; `body` the record as it
    will be, `line` what the row says, where that is to be remembered."""

    __tablename__ = "import_row"
    __table_args__ = (Index("ix_import_row_run", "run_id", "outcome", "id"),)
    id: int | None = identity()
    run_id: int = refers_to("import_run.id", index=False)
    outcome: Outcome = coded(Outcome)
    record: str = text()
    key: str = text()
    title: str = text()
    seen: int = 0
    sheet: str = text()
    row: int = 0
    faults: str = text()  # as JSON
    body: bytes | None = Field(default=None, sa_type=LargeBinary)
    line: bytes | None = Field(default=None, sa_type=LargeBinary)
    activity: str = text()


class ImportLine(SQLModel, table=True):
    """What a line of a dataset said when an import that stands last read it otherwise than before."""

    __tablename__ = "import_line"
    __table_args__ = (Index("ix_import_line_dataset", "dataset", "record", "key", "run_id"),)
    run_id: int = Field(foreign_key="import_run.id", primary_key=True, sa_type=BigInteger)
    record: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    dataset: str = text()
    activity: str = text()
    body: bytes = Field(sa_type=LargeBinary)


class Mapping(SQLModel, table=True):
    """What a name of a dataset is with us, where an editor has said so."""

    id: int | None = identity()
    key: str = ordered(unique=True)  # kind and folded name
    kind: str = text()  # donor, item
    name: str = ordered()  # as published
    target: str = text()  # code of the donor, slug of the system; "" for an item that is no goods
    role: Role | None = coded_or_none(Role)
    unit: Unit | None = coded_or_none(Unit)
    version: int = 1
