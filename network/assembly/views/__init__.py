"""The doors of the room of the assemblies."""

from litestar import Router

from network.assembly.views import (
    agenda,
    ballots,
    casting,
    convening,
    day,
    dispatches,
    elections,
    invited,
    mine,
    minutes,
    motions,
    moving,
    overview,
    own_votes,
    papers,
    planning,
    screen,
    votes,
    voting_list,
    ways,
)

router = Router(
    "/",
    route_handlers=[
        *overview.handlers,
        *planning.handlers,
        *agenda.handlers,
        *papers.handlers,
        *day.handlers,
        *votes.handlers,
        *screen.handlers,
        *casting.handlers,
        *elections.handlers,
        *ballots.handlers,
        *minutes.handlers,
        *convening.handlers,
        *dispatches.handlers,
        *moving.handlers,
        *invited.handlers,
        *motions.handlers,
        *mine.handlers,
        *voting_list.handlers,
        *own_votes.handlers,
        *ways.handlers,
    ],
    tags=["assembly"],
)
