"""Docker for tests/house/test_upgrade_script.py: it knows the containers of each service, and writes down what it is told.

A file names what shall fail: `migrate`, or a service whose new containers do not become well.
"""

import json
import os
import sys
from pathlib import Path

HERE = Path(os.environ["ENGINE"])
STATE = HERE / "state.json"
state = json.loads(STATE.read_text())
told = sys.argv[1:]


def end(code: int = 0, words: str = "") -> None:
    state["told"].append(" ".join(told))
    STATE.write_text(json.dumps(state))
    print(words, end="")
    sys.exit(code)


def fails(what: str) -> bool:
    return (HERE / f"fails-{what}").exists()


match told:
    case ["compose", "ps", *_, service]:
        state["told"].append(" ".join(told))
        end(words="".join(f"{name}\n" for name in state["containers"][service]))
    case ["compose", "run", *_, "migrate"]:
        end(1 if fails("migrate") else 0)
    case ["compose", "up", *options, service]:
        count = int(next(option for option in options if option.startswith(f"{service}=")).partition("=")[2])
        while len(state["containers"][service]) < count:
            state["number"] += 1
            state["containers"][service].append(f"{service}-new-{state['number']}")
        end(1 if fails(service) else 0)
    case ["stop", container]:
        state["least"] = {
            service: min(state["least"][service], sum(name != container for name in names))
            for service, names in state["containers"].items()
        }
        end()
    case ["rm", *_, container]:
        state["containers"] = {
            service: [name for name in names if name != container] for service, names in state["containers"].items()
        }
        end()
    case _:
        end()
