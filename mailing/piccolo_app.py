"""The post office's own tables; their migrations come first."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="mailing",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=table_finder(modules=["mailing.tables"], exclude_imported=True),
    migration_dependencies=[],
)
