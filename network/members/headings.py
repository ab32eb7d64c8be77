"""What the columns of the directory are called, and the many words under which offices keep them."""

from collections.abc import Collection

from network.i18n import N_, _

# In the order in which a line is shown.
COLUMNS = {
    "number": N_("Member no."),
    "name": N_("Member"),
    "street": N_("Street"),
    "postal_code": N_("Postcode"),
    "town": N_("Town"),
    "land": N_("Land"),
    "email": N_("E-mail"),
    "phone": N_("Telephone"),
    "website": N_("Website"),
    "since": N_("Member since"),
    "until": N_("Member until"),
    "kind": N_("Kind of membership"),
    "legal_form": N_("Legal form"),
    "founded": N_("Member founded"),
    "facility_type": N_("Type of facility"),
    "target_group": N_("For whom"),
    "services": N_("Member: services"),
    "fields": N_("Member: occupational fields"),
    "basis": N_("Member: legal basis"),
    "issuer": N_("Member: evidence by"),
    "sign": N_("Member: file number"),
    "valid_from": N_("Member: evidence from"),
    "valid_until": N_("Member: evidence until"),
    "status": N_("Status under § 60 SGB IX"),
    "status_since": N_("Status since"),
    "approved_on": N_("Approval by the employment agency"),
    "agreed_on": N_("Agreement with the authority"),
    "offered_in": N_("§ 60: offered"),
    "scopes": N_("§ 60: scope"),
    "listed_on": N_("Listed in public since"),
    "about_de": N_("About the organisation"),
    "about_en": N_("About the organisation, in English"),
    "site_code": N_("Site no."),
    "site_name": N_("Site"),
    "site_street": N_("Site: street"),
    "site_postal_code": N_("Site: postcode"),
    "site_town": N_("Site: town"),
    "site_land": N_("Site: Land"),
    "lat": N_("Latitude"),
    "lon": N_("Longitude"),
    "opened": N_("Opened"),
    "closed": N_("Closed on"),
    "places": N_("Places"),
    "site_email": N_("Site: e-mail"),
    "site_phone": N_("Site: telephone"),
    "site_website": N_("Site: website"),
    "site_services": N_("Site: services"),
    "site_fields": N_("Site: occupational fields"),
    "site_basis": N_("Site: legal basis"),
    "site_issuer": N_("Site: evidence by"),
    "site_sign": N_("Site: file number"),
    "site_valid_from": N_("Site: evidence from"),
    "site_valid_until": N_("Site: evidence until"),
}
# Of a sheet that tells of people alone; in the order in which a line is shown.
OF_PEOPLE = {
    "person": N_("First and last name"),
    "person_title": N_("Title"),
    "function": N_("Function"),
    "function_title": N_("As it is called there"),
    "name": N_("Organisation"),
    "number": N_("Member no."),
    "place": N_("Where"),
    "person_email": N_("E-mail address"),
    "person_phone": N_("Telephone"),
    "since": N_("First day"),
    "until": N_("Last day"),
}
SITE_ADDRESS = ("site_code", "site_name", "site_street", "site_postal_code", "site_town", "site_land")
OF_SITES = tuple(COLUMNS)[list(COLUMNS).index("site_code") :]  # all that follow
ADDRESS = ("street", "postal_code", "town", "land")
DESCRIBED = ("services", "fields", "basis", "issuer", "sign", "valid_from", "valid_until")  # of the member or a site
ABOUT = ("about_de", "about_en")  # texts of several paragraphs
# What a list usually holds: with these columns a file says all that most offices keep.
BASIC = ("number", "name", *ADDRESS, "email", "phone", "website", "since", "until", *SITE_ADDRESS, "lat", "lon",
         "opened", "places")  # fmt: skip

# Folded, without punctuation and brackets (columns.heading). Lines of one meaning may be many.
WORDS = [
    ("number", "nr|nummer|mitgliedsnr|mitgliedsnummer|mitglieds nr|mitglieds nummer|mitglied nr|mitgliedernummer"),
    ("number", "mitgliedernr|mnr|no|number|member no|member number|id|nr mitglied|mitgl nr|mitgliedskennung"),
    ("name", "mitglied|name|mitgliedsname|name des mitglieds|mitgliedsorganisation|organisation|traeger|traegername"),
    ("name", "name des traegers|rechtstraeger|einrichtungstraeger|verein|firma|unternehmen|member|member name"),
    ("name", "organization|name der organisation|traeger der einrichtung|name mitglied|mitgliedseinrichtung"),
    ("street", "strasse|str|strasse und hausnummer|strasse hausnummer|strasse nr|strasse hausnr|strasse u hausnummer"),
    ("street", "anschrift|adresse|street|address|strasse hnr|street address|postanschrift|strasse und nr"),
    ("postal_code", "plz|postleitzahl|postal code|postcode|post code|zip|zip code"),
    ("town", "ort|stadt|ortschaft|town|city|gemeinde|place"),
    ("town", "plz ort|plz und ort|plz stadt|postleitzahl ort|postleitzahl und ort|zip city"),
    ("land", "land|bundesland|bl|state|federal state|bundesland kuerzel"),
    ("email", "e mail|email|mail|e mail adresse|email adresse|emailadresse|mailadresse|e mail address|email address"),
    ("phone", "telefon|tel|telefonnummer|tel nr|telefonnr|fon|phone|telephone|rufnummer|phone number"),
    ("website", "website|webseite|web|internet|homepage|url|internetseite|internetadresse|www|internetauftritt"),
    ("since", "mitglied seit|beitritt|beitrittsdatum|eintritt|eintrittsdatum|aufnahme|aufnahmedatum|seit|member since"),
    ("since", "joined|beigetreten|mitgliedschaft seit|aufgenommen am|aufgenommen|eingetreten|joined on|beitritt am"),
    ("until", "mitglied bis|austritt|austrittsdatum|ausgetreten|mitgliedschaft bis|bis|member until|left|austritt zum"),
    ("kind", "art der mitgliedschaft|mitgliedsart|mitgliedschaftsart|kind of membership|type of membership"),
    ("legal_form", "rechtsform|gesellschaftsform|legal form"),
    ("founded", "mitglied gegruendet|gruendung des mitglieds|gruendung des traegers|member founded"),
    ("facility_type", "einrichtungsart|einrichtungstyp|art der einrichtung|type of facility|facility type"),
    ("target_group", "fuer wen|zielgruppe|zielgruppen|for whom|target group"),
    ("services", "leistungen|leistungsangebot|services"),
    ("fields", "berufsfelder|fachrichtungen|occupational fields"),
    ("basis", "rechtsgrundlage|rechtsgrundlagen|legal basis|legal bases"),
    ("issuer", "nachweis von|nachweis ausgestellt von|evidence by"),
    ("sign", "aktenzeichen|file number"),
    ("valid_from", "nachweis gueltig ab|nachweis gueltig von|gueltig ab|gueltig von|evidence from|valid from"),
    ("valid_until", "nachweis gueltig bis|gueltig bis|evidence until|valid until"),
    ("status", "stand nach 60 sgb ix|stand nach 60|status under 60 sgb ix|status nach 60 sgb ix"),
    ("status_since", "stand seit|status seit|status since"),
    ("approved_on", "zustimmung der agentur fuer arbeit|approval by the employment agency"),
    ("agreed_on", "vereinbarung mit dem traeger der eingliederungshilfe|agreement with the authority"),
    ("offered_in", "60 angeboten|60 offered"),
    ("scopes", "60 umfang|60 scope"),
    ("listed_on", "im oeffentlichen verzeichnis seit|listed in public since"),
    ("about_de", "ueber die organisation|about the organisation"),
    ("about_en", "ueber die organisation auf englisch|about the organisation in english"),
    ("site_code", "standort nr|standortnr|standortnummer|standort nummer|standort id|standortkuerzel|standort kuerzel"),
    ("site_code", "site no|site number|site code|site id|kuerzel|nr standort|einrichtungsnummer|einrichtungs nr"),
    ("site_name", "standort|standorte|standortname|name des standorts|name des standortes|standort name|bezeichnung"),
    ("site_name", "einrichtung|name der einrichtung|trainingszentrum|btz|site|sites|site name|niederlassung"),
    ("site_name", "standortbezeichnung|standort bezeichnung|name standort"),
    ("site_street", "strasse standort|standort strasse|strasse des standorts|anschrift standort|adresse standort"),
    ("site_street", "standortanschrift|standort anschrift|standort adresse|site street|site address"),
    (
        "site_postal_code",
        "plz standort|standort plz|postleitzahl standort|plz des standorts|site postal code|site postcode",
    ),
    ("site_town", "ort standort|standort ort|standortort|standort stadt|ort des standorts|site town|site city"),
    ("site_land", "land standort|standort land|bundesland standort|standort bundesland|site land|site state"),
    ("lat", "breite|breitengrad|geografische breite|geographische breite|lat|latitude|geo breite"),
    ("lon", "laenge|laengengrad|geografische laenge|geographische laenge|lon|lng|long|longitude|geo laenge"),
    ("opened", "eroeffnet|eroeffnung|eroeffnungsjahr|jahr der eroeffnung|gegruendet|gruendungsjahr|gruendung|opened"),
    ("opened", "opening year|in betrieb seit|opened in|eroeffnet am|eroeffnungsdatum"),
    ("closed", "geschlossen|schliessung|geschlossen am|geschlossen zum|closed|closed on|schliessung am"),
    ("places", "plaetze|platzzahl|anzahl plaetze|anzahl der plaetze|platzanzahl|kapazitaet|places|capacity"),
    ("places", "plaetze gesamt|reha plaetze|trainingsplaetze"),
    ("site_email", "standort e mail|standort email|e mail standort|email standort|site e mail|site email"),
    ("site_phone", "standort telefon|telefon standort|site telephone|site phone"),
    ("site_website", "standort website|website standort|standort webseite|standort internet|site website"),
    ("site_services", "standort leistungen|leistungen standort|site services"),
    ("site_fields", "standort berufsfelder|berufsfelder standort|site occupational fields"),
    ("site_basis", "standort rechtsgrundlage|rechtsgrundlage standort|site legal basis"),
    ("site_issuer", "standort nachweis von|site evidence by"),
    ("site_sign", "standort aktenzeichen|aktenzeichen standort|site file number"),
    ("site_valid_from", "standort nachweis gueltig ab|site evidence from"),
    ("site_valid_until", "standort nachweis gueltig bis|site evidence until"),
    ("as_of", "stand|as of"),
    # Of the member itself, in a sheet that lists sites.
    ("own_services", "mitglied leistungen|member services"),
    ("own_fields", "mitglied berufsfelder|member occupational fields"),
    ("own_basis", "mitglied rechtsgrundlage|member legal basis"),
    ("own_issuer", "mitglied nachweis von|member evidence by"),
    ("own_sign", "mitglied aktenzeichen|member file number"),
    ("own_valid_from", "mitglied nachweis gueltig ab|member evidence from"),
    ("own_valid_until", "mitglied nachweis gueltig bis|member evidence until"),
    ("own_town", "sitz|hauptsitz|sitz des mitglieds|sitz des traegers|sitz der organisation|seat|ort mitglied"),
    ("own_town", "ort traeger|ort des traegers|ort des mitglieds|mitglied ort|traeger ort|member town|member seat"),
    ("own_street", "strasse mitglied|strasse traeger|strasse des traegers|mitglied strasse|traeger strasse"),
    ("own_street", "anschrift traeger|anschrift mitglied|member street|strasse des mitglieds"),
    ("own_postal_code", "plz mitglied|plz traeger|plz des traegers|mitglied plz|traeger plz|member postal code"),
    ("own_postal_code", "plz des mitglieds"),
    ("own_land", "land mitglied|land traeger|bundesland traeger|bundesland mitglied|mitglied land|member land"),
]
MEANING = {word: column for column, words in WORDS for word in words.split("|")}
VAGUE = {"nr", "nummer", "no", "number", "id"}  # as often a running number as the member's

# Of two rows of headings the upper one says whose the lower ones are: "Mitglied" over "Nr.", "Name" and "Ort".
GROUPS = dict.fromkeys(("mitglied", "mitglieder", "traeger", "organisation", "member", "members"), "member") | (
    dict.fromkeys(("standort", "standorte", "einrichtung", "einrichtungen", "site", "sites"), "site")
)
WHOSE = {
    ("site", "name"): "Standort", ("site", "number"): "Standort-Nr.", ("site", "street"): "Straße Standort",
    ("site", "postal_code"): "PLZ Standort", ("site", "town"): "Ort Standort", ("site", "land"): "Land Standort",
    ("site", "email"): "Standort: E-Mail", ("site", "phone"): "Standort: Telefon",
    ("site", "website"): "Standort: Website", ("site", "services"): "Standort: Leistungen",
    ("site", "fields"): "Standort: Berufsfelder", ("site", "basis"): "Standort: Rechtsgrundlage",
    ("member", "name"): "Mitglied", ("member", "number"): "Mitgliedsnr.", ("member", "street"): "Straße Mitglied",
    ("member", "postal_code"): "PLZ Mitglied", ("member", "town"): "Ort Mitglied", ("member", "land"): "Land Mitglied",
}  # fmt: skip

HOUSES = {"einrichtung", "name der einrichtung"}  # the site's name, or the member's (columns.meanings)


def column_name(column: str, present: Collection[str] = tuple(COLUMNS)) -> str:
    """What the column is called, in the language being spoken; shorter where only the sites have an address."""
    if "person" in present or column not in COLUMNS:
        return _(OF_PEOPLE[column])
    of_member = column.removeprefix("site_")
    shorter = of_member in ADDRESS and of_member not in present
    return _(COLUMNS[of_member if shorter else column])
