"""What whoever chairs an assembly does on its pages again and again, and what the room sees of it."""

import re

from playwright.sync_api import Page

from tests.journeys.steps import fill, follow, press, says


def let_in(chair: Page, place: str, *, absent: tuple[str, ...], online: str) -> int:
    """Everybody else comes into the room; how many came."""
    chair.goto(f"{place}/day")
    names = [link.inner_text().split(": ")[1] for link in chair.locator('a[href*="/day/members/"]').all()]
    here = [name for name in names if not name.startswith(absent)]
    for name in here:
        chair.get_by_role("link", name=name).click()
        fill(chair, name=f"Für {name.split()[0]}")
        if name.startswith(online):
            chair.get_by_label("online").check()
        press(chair)
    return len(here)


def opened(chair: Page) -> None:
    press(chair, 'form[action$="/day/opening"]')


def shows(wall: Page, words: str) -> None:
    """The room's page follows by itself."""
    wall.locator("main").filter(has_text=re.compile(words)).wait_for(timeout=5_000)


def call(chair: Page, place: str, number: int) -> None:
    chair.goto(f"{place}/day")
    chair.locator(f'main li[value="{number}"] button[formaction*="/day/items/"]').click()
    chair.wait_for_load_state()


def put_to_the_vote(chair: Page, place: str, title: str, wording: str) -> None:
    chair.goto(f"{place}/day")
    follow(chair, "/vote")
    fill(chair, title=title, wording=wording)
    press(chair)
    press(chair, 'form[action$="/opening"]')


def count(chair: Page, **numbers: str) -> None:
    fill(chair, **numbers)
    press(chair, 'main form:has([name="yes"])')


def prepared(chair: Page, place: str, title: str, seat: str, *names: str) -> str:
    chair.goto(f"{place}/elections/new")
    fill(chair, title=title)
    chair.get_by_label(seat, exact=True).check()
    press(chair)
    for name in names:
        propose(chair, name)
    return chair.url


def propose(chair: Page, name: str) -> None:
    form = 'form[action$="/candidates"]'
    if not chair.locator(f"{form} [name=name]").is_visible():
        chair.locator(f"details:has({form}) summary").click()
    chair.locator(f"{form} [name=name]").fill(name)
    chair.locator(f"{form} [name=email]").fill(f"{name.lower().replace(' ', '.')}@example.org")
    chair.locator(f"{form} [name=agreed]").check()
    press(chair, form)


def ballot(chair: Page, election: str, mode: str, *, leave: str = "", **numbers: str) -> None:
    chair.goto(election)
    form = 'form[action$="/ballots"]'
    chair.locator(f'{form} [name=mode][value="{mode}"]').check()
    for box in chair.locator(f"{form} [name=candidates]").all():
        box.check()
    if leave:
        chair.locator(form).get_by_label(leave).uncheck()
    press(chair, form)
    if not re.search(r"/ballots/", chair.url):
        follow(chair, chair.locator('main a[href*="/ballots/"]').last.get_attribute("href") or "")
    fill(chair, **numbers)
    press(chair)
    chair.goto(election)


def accepts(chair: Page, name: str) -> None:
    chair.locator("main li", has_text=name).locator('form[action$="/acceptance"] button').click()
    chair.wait_for_load_state()
    says(chair, "angenommen um|hat um .* angenommen|nimmt .* an")
