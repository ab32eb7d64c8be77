"""One Piccolo app for all slices; its migrations lie beside it."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

TABLES = table_finder(
    modules=[
        "network.activity",
        "network.jobs",
        "network.files",
        "network.web.tables",
        "network.association.tables",
        "network.people.tables",
        "network.catalogue.tables",
        "network.members.tables",
        "network.admission.tables",
        "network.representing.tables",
        "network.board.tables",
        "network.resolutions.tables",
        "network.circulars.tables",
        "network.boardroom.tables",
        "network.chronicle.tables",
        "network.assembly.tables.meeting",
        "network.assembly.tables.convocation",
        "network.assembly.tables.day",
        "network.assembly.tables.elections",
        "network.assembly.tables.afterwards",
        "network.register.tables",
        "network.groups.tables",
        "network.events.tables",
        "network.newsletter.tables",
        "network.office.tables",
    ],
    exclude_imported=True,
)

APP_CONFIG = AppConfig(
    app_name="network",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=TABLES,
    migration_dependencies=["mailing.piccolo_app"],
)
