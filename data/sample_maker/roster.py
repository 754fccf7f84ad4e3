"""List the sixty partners: who they are and how their business goes.

A partner's figures follow from its numbers (`attain=1.18` is 118 % of plan so far); a name without a number
is a story. What a partner does not say, the makers of each kind of row decide.
"""

from dataclasses import dataclass
from datetime import date

from sample_maker.clock import START, TODAY

DANA = "dana.voss@northlight.example"
TOMAS = "tomas.brandt@northlight.example"
PRIYA = "priya.nair@northlight.example"


@dataclass(frozen=True)
class Partner:
    """One partner and the numbers and stories that shape its rows."""

    id: str
    name: str
    type: str
    tier: str | None
    cls: str | None
    country: str
    currency: str
    enrolled: date | None
    owner: str
    numbers: dict[str, float]
    stories: frozenset[str]
    parent: str | None = None

    def number(self, name: str, default: float) -> float:
        """Return one of the partner's numbers."""
        return self.numbers.get(name, default)

    def has(self, story: str) -> bool:
        """Say whether the partner is part of a story."""
        return story in self.stories

    @property
    def first_day(self) -> date:
        """Return the first day on which the partner can have rows."""
        return max(START, self.enrolled or START)

    @property
    def last_day(self) -> date:
        """Return the last day on which the partner did business."""
        return date.fromordinal(TODAY.toordinal() - int(self.number("quiet_days", 0)))

    @property
    def trades(self) -> bool:
        """Say whether the partner has been in the programme long enough to have a business."""
        return not (self.has("prospect") or self.has("onboarding") or self.has("sparse"))

    @property
    def domain(self) -> str:
        """Return the partner's domain."""
        return (
            "".join(c for c in self.name.lower().replace("é", "e") if c.isalnum() and c.isascii())
            + ".example"
        )


_TYPES = {
    "R": "reseller",
    "D": "distributor",
    "M": "msp",
    "S": "systems_integrator",
    "I": "isv",
    "F": "referral",
    "A": "alliance",
}
# id | name | tier | class | country | currency | enrolled | owner | numbers and stories
_LIST = """
R-001|Brennhof Systemhaus|Platinum|A|Germany|EUR|2017-03-01|d|size=2450 attain=1.18 growth=.36 win=.46 regs=17 pace=1.3 cover=3.6 certs=1.13 keep=.95 stalled=.1 held=.93 star
R-002|Calloway Trent|Gold|B|United Kingdom|GBP|2018-06-11|t|size=720 attain=1.03 growth=.11 win=.38 regs=10 pace=1.05 cover=3.1 certs=1 keep=.9 stalled=.2
R-003|Vantorre Digital|Gold|B|Belgium|EUR|2019-02-04|d|size=300 attain=.94 growth=.06 win=.33 regs=8 pace=.9 cover=2.4 certs=1 keep=.93 via_distribution
R-004|Ardenne Informatique|Gold|A|France|EUR|2016-09-19|d|size=610 attain=.64 growth=-.28 win=.24 regs=15 pace=.14 cover=1.3 certs=1 keep=.8 stalled=.55 slipped=2
R-005|Kestrelby Networks|Platinum|A|United Kingdom|GBP|2015-05-12|d|size=1350 attain=.88 growth=.03 win=.3 regs=13 pace=.85 cover=2.2 certs=.88 keep=.84 stalled=.3 champion_left
R-006|Solvanta Iberia|Silver|B|Spain|EUR|2020-10-05|d|size=160 growth=-.06 win=.28 regs=5 pace=0 cover=1 certs=1 keep=.78
R-007|Pinehollow Technology|Gold|B|United States|USD|2018-01-22|p|size=560 attain=1.08 growth=.14 win=.37 regs=9 pace=1.15 cover=2.9 certs=1.2 keep=.91 stalled=.15
R-008|Mossgrove Data|Silver|C|United States|USD|2019-08-26|d|size=90 growth=-.35 win=.2 regs=4 certs=.5 keep=.6 quiet_days=118
R-009|Nordhafen Technik|Silver||Germany|EUR|2021-03-15|d|size=70 growth=.09 win=.31 regs=6 pace=1.1 cover=2.1 certs=1 keep=.86 via_distribution
R-010|Lagerlund Systems|Gold|B|Sweden|EUR|2019-11-04|d|size=430 attain=.93 growth=.08 win=.35 regs=8 pace=1 cover=2.6 certs=1 keep=.93 certificates_expire tier_review=41
R-011|Tarrow Pike|Silver|B|United Kingdom|GBP|2020-05-18|d|size=210 attain=.79 growth=-.04 win=.26 regs=6 pace=.9 cover=1.6 certs=1 keep=.83 slipped=4 stalled=.45
R-012|Castelmora Servizi|Silver|C|Italy|EUR|2021-09-06|d|size=60 growth=.02 win=.27 regs=5 pace=.8 cover=1.4 certs=1 keep=.81 via_distribution
R-013|Whitlock Bay Computing|Gold|B|United States|USD|2018-10-08|p|size=610 attain=.97 growth=.07 win=.34 regs=9 pace=.95 cover=2.5 certs=1 keep=.89 customers=6 seats=420 other_hat
R-014|Oberlin Grauwald|Gold|A|Germany|EUR|2017-11-20|d|size=680 attain=.91 growth=.05 win=.34 regs=10 pace=.95 cover=2.8 certs=1 keep=.94 agreement_ends=38
R-015|Oberlin Grauwald Wien|Silver|C|Austria|EUR|2019-01-14|d|size=150 growth=.12 win=.36 regs=6 pace=1.1 cover=2.2 certs=1 keep=.92|R-014
R-016|Oberlin Grauwald Zug|Silver|C|Switzerland|EUR|2020-02-03|t|size=120 growth=-.08 win=.25 regs=5 pace=.75 cover=1.5 certs=1 keep=.85|R-014
R-017|Fenwick Arbour|Silver|B|United Kingdom|GBP|2026-09-21|d|onboarding
R-018|Delvaux Carrier|Silver|B|Belgium|EUR|2026-08-31|d|onboarding slipping
R-019|Hollis Quay Technology|||United States|USD||d|prospect
R-020|Marchetti Reti|Silver|C|Italy|EUR|2019-04-29|d|size=110 growth=-.2 win=.18 regs=4 certs=.5 keep=.66 quiet_days=74 suspended
R-021|Ridgemont Supply|Silver||United States|USD||d|sparse
R-022|Stonefleet Solutions|Bronze|C|United States|USD|2021-06-14|p|size=95 growth=.15 win=.33 regs=5 pace=1.3 cover=2.7 keep=.88
D-001|Hansequai Distribution|Value-added|A|Germany|EUR|2014-04-07|d|size=8200 attain=1.04 growth=.09 dealers=42 new=5 weeks=4.6 ratio=1.02 named=.97 prompt=1 steep=.6 certs=1
D-002|Mediterra Channel Supply|Value-added|A|Italy|EUR|2016-02-15|d|size=5600 attain=.83 growth=-.02 dealers=30 new=1 weeks=7.2 ratio=1.05 named=.88 prompt=.85 steep=1.25 certs=.88 quarter_end_loading
D-003|Albion Gateway Distribution|Authorised|B|United Kingdom|GBP|2018-09-03|d|size=3400 attain=.96 growth=.04 dealers=26 new=1 weeks=5.4 ratio=.98 named=.74 prompt=.62 steep=.8 certs=1 reports_late
D-004|Great Lakes Channel Partners|Authorised|B|United States|USD|2017-07-10|p|size=4400 attain=.72 growth=-.12 dealers=34 new=0 weeks=6.3 ratio=.94 named=.9 prompt=.75 steep=1.1 certs=.5 dealers_leave short_notice agreement_ends=92
D-005|Vistula Trade Systems|Authorised|B|Poland|EUR|2024-01-15|d|size=1450 growth=.31 dealers=20 new=4 weeks=3.6 ratio=1.08 named=.93 prompt=.96 steep=.7 certs=1
M-001|Clearhaven Managed Services|Platinum|A|United Kingdom|GBP|2016-10-17|d|customers=18 seats=6300 expand=.15 arrivals=2 departures=0 keep=.98 covered=1 active=.93 certs=1.1
M-002|Rheinaue Betriebsdienste|Gold|B|Germany|EUR|2018-03-05|d|customers=15 seats=1900 expand=.08 arrivals=1 departures=1 covered=.85 active=.86 certs=1
M-003|Lumenfield Cloud Care|Gold|A|United States|USD|2018-11-12|d|customers=17 seats=2400 expand=.01 arrivals=1 departures=4 covered=.2 active=.76 certs=.83 renewals_slip
M-004|Torvik Drift|Silver||Norway|EUR|2020-01-20|t|customers=10 seats=640 expand=.11 arrivals=1 departures=1 covered=.8 active=.88 certs=1
M-005|Sablecourt Services|Gold|B|United Kingdom|GBP|2019-06-03|t|customers=13 seats=1350 expand=.04 arrivals=1 departures=1 covered=.7 active=.63 certs=1 agreement_ends=109
M-006|Azurelle Infogérance|Gold|B|France|EUR|2019-09-23|d|customers=14 seats=1450 expand=-.17 arrivals=0 departures=2 covered=.6 active=.8 certs=.83 seats_fall
M-007|Copperline Care|Silver|B|United States|USD|2021-02-08|p|customers=9 seats=480 expand=.06 arrivals=1 departures=1 covered=.75 active=.82 certs=1 mandatory_lapsed
M-008|Zonnedaal Beheer|Silver|B|Netherlands|EUR|2021-05-10|d|customers=8 seats=390 expand=.07 arrivals=1 departures=0 covered=.9 active=.84 certs=1 usage_late
M-009|Grantley Shore|Silver|C|Ireland|EUR|2020-07-13|d|customers=5 seats=140 expand=-.1 arrivals=0 departures=0 covered=0 active=.6 certs=.5 quiet_days=131
M-010|Alpenrand Managed|Silver|B|Austria|EUR|2026-09-28|d|onboarding
M-011|Willowmere Support|Silver|C|United Kingdom|GBP|2019-03-11|d|customers=6 seats=210 expand=-.06 arrivals=0 departures=0 covered=0 active=.66 certs=.5 quiet_days=143 terminated
S-001|Meridane Consulting|Elite|A|Germany|EUR|2016-06-06|d|size=3200 attain=1.04 win=.44 deals=6 cover=3 architects=1.17 csat=4.7 prompt=.9 projects=6 held=.95
S-002|Corvane Partners|Elite|B|United States|USD|2017-05-15|p|size=2800 attain=.94 win=.38 deals=6 cover=2.2 architects=1 csat=4.5 prompt=.84 projects=6 held=.9
S-003|Steinbruck Integration|Select|A|Germany|EUR|2018-02-26|d|size=1500 attain=.78 win=.3 deals=4 cover=1.6 architects=1 csat=4.4 prompt=.6 projects=5 held=.7 project_in_trouble
S-004|Ashdown Kerr|Select|B|United Kingdom|GBP|2019-10-14|t|size=1200 attain=.97 win=.37 deals=4 cover=1.9 architects=1.34 csat=4.5 prompt=.8 projects=4 held=.8
S-005|Novarra Sistemi|Select|B|Italy|EUR|2020-03-30|d|size=800 win=.28 deals=3 cover=1.1 architects=.67 csat=4.2 prompt=.7 projects=4 held=.66
S-006|Bluefjord Advisory|Select|C|Denmark|EUR|2019-12-02|d|size=500 win=.3 deals=3 architects=.67 csat=4.3 prompt=.75 projects=3 held=.4 quiet_days=196
S-007|Tessel Group|Select|B|Netherlands|EUR|2026-05-11|d|onboarding slipping
I-001|Quillmark Software|Premier|A|Netherlands|EUR|2018-04-16|d|size=620 attain=1.1 win=.45 deals=5 actives=310 climb=.05 convert=.042 tickets=2.1 listings=3
I-002|Fieldnote Analytics|Certified|A|United States|USD|2019-01-28|d|size=340 attain=.58 win=.27 deals=4 actives=140 climb=-.075 convert=.012 tickets=11 listings=2 adoption_falls
I-003|Cargoloom|Certified||Germany|EUR|2020-09-07|d|size=280 attain=.92 win=.36 deals=4 actives=88 climb=.03 convert=.027 tickets=3.6 listings=2 agreement_ends=75
I-004|Hearthside Clinical|Registered|B|United Kingdom|GBP|2021-04-12|t|size=150 win=.31 deals=3 actives=46 climb=.01 convert=.02 tickets=6 listings=1
I-005|Keyhollow Security|Certified|B|United States|USD|2020-11-16|p|size=390 attain=1.02 win=.4 deals=4 actives=120 climb=.06 convert=.035 tickets=2.6 listings=2 integration_lapses
I-006|Tidemark Forms|Registered|B|Denmark|EUR|2026-08-24|d|onboarding
F-001|Arlen Boyd Advisory||B|United Kingdom|GBP|2018-08-13|t|size=240 attain=1.07 referrals=14 accept=.78 win=.45
F-002|Cabinet Lestrange||B|France|EUR|2019-05-20|d|size=130 attain=.62 referrals=11 accept=.7 win=.35 quiet_days=122 gone_quiet
F-003|Osterkamp Beratung||B|Germany|EUR|2020-06-22|d|size=120 attain=.95 referrals=9 accept=.66 win=.4 fees_late
F-004|Juniper Row Advisors||C|United States|USD|2021-08-30|p|size=70 referrals=6 accept=.5 win=.25
F-005|Palloza Studio||C|Spain|EUR|2022-02-21|d|sparse
A-001|Helioscale Cloud||A|United States|USD|2017-02-27|d|size=5200 attain=1.06 win=.46 deals=6 cover=3 kept=.9 ours=78 theirs=74 invest=1.1 held=.95
A-002|Corvus Ridge Platforms||A|United States|USD|2018-05-28|d|size=3600 attain=.55 win=.3 deals=5 cover=1.2 kept=.45 ours=75 theirs=38 invest=1.7 held=.5 alliance_quiet
A-003|Teralith Data||A|Netherlands|EUR|2019-03-18|d|size=2400 attain=.9 win=.37 deals=4 cover=2.1 kept=.72 ours=70 theirs=60 invest=2.6 held=.85
A-004|Nimbra Networks||B|Finland|EUR||d|prospect
"""  # noqa: E501 -- one line per partner is the point of a table
_OWNERS = {"d": DANA, "t": TOMAS, "p": PRIYA}


def _read(line: str) -> Partner:
    cells = line.split("|")
    words = cells[8].split()
    return Partner(
        id=cells[0],
        name=cells[1],
        type=_TYPES[cells[0][0]],
        tier=cells[2] or None,
        cls=cells[3] or None,
        country=cells[4],
        currency=cells[5],
        enrolled=date.fromisoformat(cells[6]) if cells[6] else None,
        owner=_OWNERS[cells[7]],
        numbers={w.split("=")[0]: float(w.split("=")[1]) for w in words if "=" in w},
        stories=frozenset(w for w in words if "=" not in w),
        parent=cells[9] if len(cells) > 9 else None,
    )


PARTNERS = tuple(_read(line) for line in _LIST.strip().splitlines())
