"""What the surroundings decide: one frozen dataclass, read once from the environment."""

import os
import secrets
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    data: Path
    database_url: str
    redis_url: str
    smtp_url: str
    base_url: str
    secret_key: str
    demo: bool
    lease_seconds: int
    keep_letters_days: int
    trusted_proxies: str
    backup_dir: Path | None
    metrics_token: str
    log_requests: bool

    @property
    def on_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite:")

    @property
    def secure(self) -> bool:
        return self.base_url.startswith("https:")


@cache
def settings() -> Settings:
    """Read the environment; a secret may also stand in a file named by NAME_FILE. Creates the data folder."""
    data = Path(os.environ.get("VERBUND_DATA", "var")).absolute()
    demo = os.environ.get("VERBUND_DEMO") == "1"
    database_url = secret("DATABASE_URL") or f"sqlite:{data / ('demo.sqlite' if demo else 'verbund.sqlite')}"
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Settings(
        data=data,
        database_url=database_url,
        redis_url=secret("REDIS_URL"),
        smtp_url=secret("SMTP_URL"),
        base_url=os.environ.get("BASE_URL", "http://localhost:8000").rstrip("/"),
        secret_key=secret("SECRET_KEY") or own_secret(data, database_url),
        demo=demo,
        lease_seconds=int(os.environ.get("LEASE_SECONDS", "60")),
        keep_letters_days=int(os.environ.get("KEEP_LETTERS_DAYS", "365")),
        trusted_proxies=os.environ.get("TRUSTED_PROXIES", ""),
        backup_dir=backups(
            os.environ.get("BACKUP_DIR", ""), data, by_itself=database_url.startswith("sqlite:") and not demo
        ),
        metrics_token=secret("METRICS_TOKEN"),
        log_requests=os.environ.get("LOG_REQUESTS", "0" if sys.stderr.isatty() else "1") == "1",
    )


def log_format() -> str:
    """How every process writes its log: "json", or "text" for people. Asked before there are settings."""
    return os.environ.get("LOG_FORMAT") or ("text" if sys.stderr.isatty() else "json")


def secret(name: str) -> str:
    """The value of NAME, or the first line of the file that NAME_FILE names."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, "")


def backups(wish: str, data: Path, *, by_itself: bool) -> Path | None:
    """Where the nightly backups go: one's own embedded database is saved unasked, a server if told where."""
    if wish:
        return None if wish == "off" else Path(wish).absolute()
    return data / "backups" if by_itself else None


def own_secret(data: Path, database_url: str) -> str:
    """The key kept beside the embedded database; several machines on PostgreSQL must share one instead."""
    if not database_url.startswith("sqlite:"):
        raise SystemExit("SECRET_KEY is missing: with PostgreSQL every process needs the same one.")
    path = data / "secret_key"
    if not path.exists():
        draft = path.with_name(f".secret_key.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_hex(32), encoding="ascii")
        try:
            os.link(draft, path)  # the first of two starts wins, the other reads its key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
