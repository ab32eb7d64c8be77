"""The association: its people, members, events and letters."""

import os

# Piccolo looks for its configuration under this name; set here, so that every entry point finds the same one.
os.environ.setdefault("PICCOLO_CONF", "network.piccolo_conf")
