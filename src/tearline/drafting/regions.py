"""The world in regions, as reports name them: which countries lie in each.

The division follows common usage and, where that wavers, the United Nations' geographic regions (M49).
"""

from __future__ import annotations

from typing import Final

_COUNTRIES: Final = {
    "the Middle East": "AE BH CY EG IL IQ IR JO KW LB OM PS QA SA SY TR YE",
    "North Africa": "DZ EH LY MA SD TN",
    "West Africa": "BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG",
    "Central Africa": "AO CD CF CG CM GA GQ ST TD",
    "East Africa": "BI DJ ER ET KE KM MG MU MW MZ RE RW SC SO SS TF TZ UG YT ZM ZW IO",
    "Southern Africa": "BW LS NA SZ ZA",
    "Western Europe": "AT BE CH DE FR LI LU MC NL",
    "Northern Europe": "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ",
    "Southern Europe": "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA XK CS",
    "Eastern Europe": "BG BY CZ HU MD PL RO RU SK UA",
    "the South Caucasus": "AM AZ GE",
    "Central Asia": "KG KZ TJ TM UZ",
    "South Asia": "AF BD BT IN LK MV NP PK",
    "East Asia": "CN HK JP KP KR MN MO TW",
    "Southeast Asia": "BN ID KH LA MM MY PH SG TH TL VN",
    "North America": "BM CA GL MX PM US",
    "Central America": "BZ CR GT HN NI PA SV",
    "the Caribbean": ("AG AI AN AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI"),
    "South America": "AR BO BR CL CO EC FK GF GS GY PE PY SR UY VE",
    "Oceania": "AS AU CC CK CX FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS",
    "Antarctica": "AQ BV HM",
}

WORLD_REGION: Final = {iso: region for region, countries in _COUNTRIES.items() for iso in countries.split()}
"""By the two letters of ISO 3166-1, as GeoNames gives them."""

TAKES_THE: Final = frozenset(
    [
        "AE",
        "BS",
        "CD",
        "CF",
        "CG",
        "CZ",
        "DO",
        "FK",
        "GB",
        "GM",
        "IM",
        "KM",
        "KY",
        "MH",
        "MP",
        "MV",
        "NL",
        "PH",
        "PN",
        "SB",
        "SC",
        "TC",
        "UM",
        "US",
        "VG",
        "VI",
    ]
)
"""Countries whose names go with an article."""

COMMONLY: Final = {
    "CD": "the Democratic Republic of the Congo",
    "CG": "the Republic of the Congo",
    "CZ": "the Czech Republic",
    "PS": "the Palestinian territories",
    "CI": "Ivory Coast",
    "VA": "the Vatican",
    "TL": "East Timor",
}
"""Names in running text where the list of countries has another."""
