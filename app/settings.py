"""Everything the environment can change, read once."""

from functools import cached_property
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

APP = Path(__file__).parent
# An installed wheel carries templates, static files and seed in app/share; a checkout has them beside app.
SHARE = next(place for place in (APP / "share", APP.parent) if (place / "templates").is_dir())


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    database_url: str = Field("sqlite:///data/allied-pledges.sqlite", description="SQLite or PostgreSQL, as an address")
    database_read_url: str = Field("", description="a PostgreSQL replica for reading")
    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(8000, ge=0, le=65535, description="port to listen on; 0 takes a free one")
    base_url: str = Field("", description="address that citations and feeds carry, such as https://pledges.example")
    log_format: str = Field("text", pattern="^(text|json)$", description="text or json")
    query_limit: int = Field(8192, description="longest query string, in bytes")
    writes_a_minute: int = Field(60, ge=0, description="changes that one account may make in a minute; 0: no limit")
    api_reads_a_minute: int = Field(
        120, ge=0, description="questions that one address may ask of the API in a minute; 0: no limit"
    )
    trusted_proxies: str = Field(
        "", description="addresses or networks, with commas, whose X-Forwarded-For and X-Forwarded-Proto are believed"
    )
    threads: int = Field(4, ge=1, le=64, description="threads that answer pages")

    @cached_property
    def templates(self) -> Path:
        return SHARE / "templates"

    @cached_property
    def static(self) -> Path:
        return SHARE / "static"

    @cached_property
    def seed(self) -> Path:
        return SHARE / "seed"

    @property
    def sqlite_file(self) -> Path | None:
        """The file of a SQLite database; None for PostgreSQL or memory."""
        prefix = "sqlite:///"
        return Path(self.database_url.removeprefix(prefix)) if self.database_url.startswith(prefix) else None
