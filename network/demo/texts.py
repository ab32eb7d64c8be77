"""What the demo association says of itself and of its events."""

from datetime import date
from typing import Any

from network.demo.members import FOUNDED

ASSOCIATION: dict[str, Any] = {
    "full_name": "Bundesarbeitsgemeinschaft Berufliche Wege e. V.",
    "short_name": "BAG BW",
    "street": "Musterufer 1",
    "postal_code": "10115",
    "town": "Berlin",
    "land": "BE",
    "email": "geschaeftsstelle@example.org",
    "phone": "+49 30 000000",
    "register_court": "Amtsgericht Charlottenburg",
    "register_number": "VR 00000 B",
    "founded_on": FOUNDED,
    "represented_by": (
        "Henrike Voßberg (Vorsitz)\nTarek Linnemann (Stellvertretung)\nDr. Ruta Kaspereit (Stellvertretung)"
    ),
    "editor": "Jonas Hillebrecht, Musterufer 1, 10115 Berlin",
    "privacy_contact": "Ines Amtmann, datenschutz@example.org",
    "processors": "Rechenzentrum Beispielfurt GmbH: Betrieb des Servers\nBeispielpost GmbH: Versand der E-Mails",
    "claim_de": "Kompetent für berufliche Rehabilitation",
    "claim_en": "Competent in vocational rehabilitation",
    "about_de": """\
In der Bundesarbeitsgemeinschaft arbeiten Einrichtungen zusammen, die Menschen mit psychischen Beeinträchtigungen \
auf ihrem Weg zurück in Arbeit begleiten: mit Training, Beratung und Unterstützung im Betrieb.

## Was uns verbindet

Unsere {members} Mitglieder mit {sites} Standorten \
haben gemeinsame Standards entwickelt und sich verpflichtet, sie umzusetzen und weiterzuentwickeln. \
Arbeitstraining und psychosoziale Begleitung gehören bei uns zusammen.

## Was wir tun

- Wir tauschen uns aus: in Arbeitsgruppen, Foren und Kongressen.
- Wir sprechen mit Leistungsträgern, Politik und anderen Verbänden.
- Wir sichern Qualität: mit gemeinsamen Kennzahlen und gegenseitigen Besuchen.

Unsere Austauschforen stehen allen offen, auch ohne Mitgliedschaft.""",
    "about_en": """\
In our federal association facilities work together that accompany people with mental health problems on their way \
back to work: with training, counselling and support at the workplace.

## What unites us

Our {members} members with {sites} sites \
have developed common standards and have committed themselves to putting them into practice. Training for \
work and psychosocial support belong together.

## What we do

- We learn from each other: in working groups, forums and congresses.
- We speak with funding bodies, politics and other associations.
- We look after quality: with common figures and mutual visits.

Our exchange forums are open to everybody, members or not.""",
}

BYLAWS: dict[str, Any] = {
    "valid_from": date(1995, 5, 12),
    "notice_months": 3,
    "notice_to": "year",
    "guest_months": 24,
    "votes_by": "classes",
    "vote_classes": "1=1 2=2 4=3",
    "proxies": "member",
    "proxy_form": "written",
    "proxies_per_holder": 1,
    "delegate_proof": True,
    "convening_period": 4,
    "convening_unit": "weeks",
    "convening_anchor": "receipt",
    "convening_form": "email",
    "motion_days": 14,
    "minutes_signed_by": "chair minute_taker",
    "objection_days": 28,
    "majority_bylaws": "3/4",
    "run_off": True,
    "secret": "always",
    "board_seats": "chair=1 deputy=2",
    "term_months": 36,
    "holdover": True,
    "by_election": "rest",
    "representation": "two",
    "board_paid": True,
    "board_notice_days": 7,
    "board_quorum": "1/2",
}
# What the register enters on 3 August: members may also vote online, without a meeting, and meet online alone.
LATER_BYLAWS: dict[str, Any] = BYLAWS | {
    "valid_from": date(2027, 8, 3),
    "written_resolution": "majority",
    "virtual_assembly": "allowed",
    "note": "§ 9 Abs. 4 und 5 neu: Abstimmung und Versammlung online",
}

PROMISE: dict[str, Any] = {
    "title_de": "Rundbrief",
    "title_en": "Newsletter",
    "promise_de": "Etwa sechsmal im Jahr: Einladungen zu unseren Foren, die Berichte darüber und Neues zu § 60 SGB IX.",
    "promise_en": "About six times a year: invitations to our forums, the reports on them and news on § 60 SGB IX.",
}

CONTACT: dict[str, Any] = {
    "contact_name": "Mira Quandt",
    "contact_email": "mira.quandt@example.org",
    "contact_phone": "+49 30 000001",
}

KASSEL: dict[str, Any] = {
    "venue": "Tagungshaus am Fluss",
    "street": "Uferweg 12",
    "postal_code": "34117",
    "town": "Kassel",
    "access_de": "Stufenloser Eingang, Aufzug zu allen Räumen, Höranlage im Saal. Vom Bahnhof 8 Minuten mit der Tram.",
    "access_en": "No steps, lift to all rooms, hearing loop in the hall. 8 minutes by tram from the station.",
}

FORUM: dict[str, Any] = {
    "lead_de": "Erfahrungen, offene Fragen und neue Wege für andere Leistungsanbieter nach § 60 SGB IX.",
    "lead_en": "Experiences, open questions and new ways for alternative providers under § 60 SGB IX.",
    "description_de": """\
Andere Leistungsanbieter eröffnen Menschen, die Anspruch auf einen Platz in einer Werkstatt haben, eine Alternative. \
Beim Forum kommen alle zusammen, die solche Angebote machen oder vorbereiten.

## Schwerpunkte

- Der betriebliche Berufsbildungsbereich: was sich bewährt hat
- Übergänge in Arbeit: wer begleitet, wer bezahlt?
- Offene Fragen des vergangenen Treffens

Mitmachen können alle, die sich für das Thema interessieren; eine Mitgliedschaft ist nicht nötig.""",
    "description_en": """\
Alternative providers open another way to people who are entitled to a place in a workshop. At the forum everybody \
meets who offers such services or prepares to.

## Focus

- Vocational training in companies: what has worked
- Transitions to work: who accompanies, who pays?
- The open questions of the last meeting

Everybody interested can take part; you need not be a member.""",
    "costs_de": "Mitglieder kostenfrei, andere 45 € für die Verpflegung (Rechnung im Anschluss)",
    "costs_en": "Free for members, others 45 € for food (invoiced afterwards)",
}

CONGRESS: dict[str, Any] = {
    "title_en": "Congress “Ways back to work”",
    "lead_de": "Zwei Tage mit Vorträgen, Werkstätten und viel Zeit für Gespräche.",
    "lead_en": "Two days of talks, workshops and time to meet.",
    "description_de": "Das Programm erscheint im Frühjahr. Merken Sie sich den Termin gern schon vor.",
    "description_en": "The programme will be published in spring. Please save the date.",
    "venue": "Haus der Begegnung",
    "street": "Parkallee 3",
    "postal_code": "04109",
    "town": "Leipzig",
    "access_de": "Stufenloser Eingang, Aufzug, Höranlage in beiden Sälen.",
    "access_en": "Entrance without steps, lift, hearing loop in both halls.",
    "seats": 180,
}

HOUR: dict[str, Any] = {
    "title_en": "Online consultation on support planning",
    "lead_de": "Eine Stunde für Ihre Fragen zur Förderplanung mit ICF.",
    "lead_en": "One hour for your questions on support planning with the ICF.",
    "description_de": "Zwei Kolleginnen aus der Arbeitsgruppe beantworten, was sich in der Praxis gezeigt hat.",
    "description_en": "Two colleagues from the working group answer from what has proved itself in practice.",
    "mode": "online",
    "online_address": "https://konferenz.example.org/foerderplanung",
    "seats": 30,
    "costs_de": "kostenfrei",
    "costs_en": "free of charge",
}

WORKSHOP: dict[str, Any] = {
    "title_en": "Workshop on working with companies",
    "lead_de": "Wie gewinnen wir Betriebe, und was brauchen sie von uns?",
    "lead_en": "How do we win companies, and what do they need from us?",
    "description_de": "Kurze Berichte aus drei Regionen, danach Arbeit in Gruppen.",
    "description_en": "Short reports from three regions, then work in groups.",
    "venue": "Alte Druckerei",
    "street": "Setzergasse 5",
    "postal_code": "04109",
    "town": "Leipzig",
    "access_de": "Eine Stufe am Eingang, eine Rampe liegt bereit; kein Aufzug nötig.",
    "access_en": "One step at the entrance, a ramp is at hand; no lift needed.",
    "seats": 20,
    "costs_de": "kostenfrei",
    "costs_en": "free of charge",
}

MEETING: dict[str, Any] = {
    "title_en": "Working meeting on quality",
    "lead_de": "Wir legen die Kennzahlen des vergangenen Jahres nebeneinander.",
    "lead_en": "We lay last year's figures side by side.",
    "description_de": "Bitte bringen Sie Ihre Zahlen mit; wir besprechen, was sie uns sagen.",
    "description_en": "Please bring your figures; we talk about what they tell us.",
    "venue": "Haus am Musterufer",
    "street": "Musterufer 1",
    "postal_code": "10115",
    "town": "Berlin",
    "access_de": "Stufenloser Eingang, Aufzug.",
    "access_en": "Entrance without steps, lift.",
    "seats": 16,
    "costs_de": "kostenfrei",
    "costs_en": "free of charge",
}

REPORT: dict[str, Any] = {
    "title_de": "Bericht: 1. Austauschforum",
    "title_en": "Report: 1st exchange forum",
    "body_de": """\
Über 60 Teilnehmende aus 40 Organisationen sind der Einladung nach Kassel gefolgt. Zum ersten Mal haben sich damit \
andere Leistungsanbieter, ihre Verbände und Interessierte bundesweit ausgetauscht.

## Angebote im Betrieb

Im Mittelpunkt standen Angebote, die von Anfang an im Betrieb stattfinden. Drei Anbieter haben gezeigt, wie sie \
Betriebe gewinnen und Teilnehmende dort begleiten. Einig waren sich alle: Ohne feste Ansprechpersonen gelingt es nicht.

## Wie es weitergeht

Der begonnene Austausch soll intensiviert und mit einem weiteren Treffen fortgeführt werden.""",
    "body_en": """\
Over 60 participants from 40 organisations followed the invitation to Kassel. For the first time alternative \
providers, their associations and everybody interested met nationwide.

## Services in companies

At the centre were services that take place in companies from the beginning. Three providers showed how they win \
companies and accompany participants there. All agreed: it does not work without people one can turn to.

## How it goes on

The exchange that has begun is to be continued with a further meeting.""",
    "open_questions_de": (
        "Wer trägt die Fahrtkosten im betrieblichen Berufsbildungsbereich?\n"
        "Wie gelingt der Wechsel zwischen Anbietern?\n"
        "Welche Fachkraftschlüssel gelten im Betrieb?"
    ),
    "open_questions_en": (
        "Who pays for the way to work in companies?\n"
        "How does one change from one provider to another?\n"
        "How many professionals per participant are needed in a company?"
    ),
}

SENT_ISSUE: dict[str, Any] = {
    "subject_de": "Bericht vom 1. Austauschforum, Termin für das zweite",
    "subject_en": "Report on the 1st exchange forum, date of the second",
    "body_de": """\
Liebe Leserinnen und Leser,

über 60 Teilnehmende aus 40 Organisationen kamen nach Kassel. Was sie bewegt hat, steht in unserem \
[Bericht](/events/1-austauschforum/report).

## Das 2. Austauschforum

Der Termin steht: Wir treffen uns wieder in Kassel. [Zur Anmeldung](/events/2-austauschforum)

## Haben Sie Fragen zur Förderplanung?

Dann kommen Sie in unsere [Online-Sprechstunde](/events/online-sprechstunde-foerderplanung).

Herzliche Grüße
Ihre Geschäftsstelle""",
    "body_en": """\
Dear readers,

over 60 participants from 40 organisations came to Kassel. Our [report](/en/events/1-austauschforum/report) tells \
what moved them.

## The 2nd exchange forum

The date is fixed: we meet in Kassel again. [Register](/en/events/2-austauschforum)

## Questions on support planning?

Then come to our [online consultation](/en/events/online-sprechstunde-foerderplanung).

Kind regards
Your office""",
}

DRAFT_ISSUE: dict[str, Any] = {
    "subject_de": "Noch wenige Plätze beim 2. Austauschforum",
    "body_de": """\
Liebe Leserinnen und Leser,

für das 2. Austauschforum sind fast alle Plätze vergeben. [Jetzt anmelden](/events/2-austauschforum)

## Merken Sie sich vor

Unser Fachkongress „Wege zurück in Arbeit“ findet in Leipzig statt. …""",
}

PASTED_MAIL = """\
From: Mechthild Oelrich <mechthild.oelrich@example.org>
To: geschaeftsstelle@example.org
Subject: Verteiler

Sehr geehrte Damen und Herren,

bitte nehmen Sie uns in den Verteiler auf, wir sind seit 2019 anderer Leistungsanbieter in Hessen.

Mit freundlichen Grüßen
Mechthild Oelrich
"""
