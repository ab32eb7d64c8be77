"""Where Piccolo finds the engine and the tables."""

from piccolo.conf.apps import AppRegistry

from network.database import DB

__all__ = ["APP_REGISTRY", "DB"]

APP_REGISTRY = AppRegistry(apps=["mailing.piccolo_app", "network.piccolo_app"])
