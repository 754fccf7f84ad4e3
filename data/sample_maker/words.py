"""Invent the names of people, customers, resellers and products."""

from random import Random


def _names(text: str) -> list[str]:
    return [name.strip() for name in (text.split(",") if "," in text else text.split())]


_FIRST = _names("""
Amelie Anders Beatriz Carla Cedric Claire Clara Daniel Elena Elise Emil Emma Erik Farah Felix Frida Giulia
Hannah Helena Henrik Ines Isabel Jakob James Joana Johan Jonas Julia Karin Katja Laura Lena Leon Lucas Luisa
Magnus Marco Maria Marta Martin Mateo Maya Mia Miriam Nadia Nathan Nicolas Nina Oliver Olivia Oscar Paula
Peter Philip Rachel Robert Rosa Samuel Sara Simon Sofia Stefan Tessa Theo Thomas Vera Victor Yasmin
""")
_LAST = _names("""
Aldridge Ambrosi Auclair Bakker Beaumont Berglund Bianchetti Brunner Carrow Castellan Dahlgren Delacourt
Denholm Eberhart Ellery Engström Falkner Fontaine Garrick Greenhalgh Hartwell Hedlund Hofstetter Holm Ibarra
Jansen Kaminsky Keller Kowalczyk Lambrecht Langley Larsson Lindholm Lombardi Marchand Marlowe Mendes Merrick
Moreau Navarro Nowak Okafor Olsen Palmer Pereira Pickering Quintero Radford Reinholt Rossetti Rowntree
Sandoval Schaller Seidel Serrano Soler Sorensen Thackeray Thorne Valente Verbeek Vogelsang Wallin Wexford
Winther Zeller
""")
_PLACE = _names("""
Aldermere Amberly Ashgrove Bexhall Birchwood Braunfels Caldermoor Cambrook Castelvano Corvin Dellmar
Drakeford Dunmere Eastvale Elmstead Ferrand Fjordhus Gallowick Glenmoor Grauhof Halvorsen Harrowfield
Hellberg Holmgard Ivarsson Karlstein Kestler Kilbrack Lacombe Langholm Lindhaven Lockridge Maresca Marchfeld
Mirabel Montclar Norvam Oakrigg Olmwick Pellerin Penmarrow Quarrell Ravensholt Redmarsh Rosenau Saltmarsh
Savarell Selwick Steinach Sternholt Tannhof Tilbrook Torvald Umbrano Valmery Vargan Waldeck Westerby Wicklam
Yarrow Zandvoort
""")
_TRADE = _names("""
Foods, Logistics, Clinics, Engineering, Energy, Insurance, Textiles, Retail, Pharma, Packaging, Water,
Shipping, Motors, Printing, Chemicals, Housing, University, Credit Union, Airport, Brewery, Steel, Timber,
Hotels, Laboratories, Rail
""")
_DEALER_FORM = _names(
    "IT, Systems, Datacom, Office Technology, Networks, Computing, Business Solutions, Digital"
)

PRODUCTS = {
    "Northlight Desktop": 118,
    "Northlight Server": 940,
    "Northlight Backup": 265,
    "Northlight Gateway": 610,
}
SERVICES = ("Northlight Managed Endpoint", "Northlight Managed Backup")
COMPETITORS = ("Veldspar", "Ironquay", "Datarook")


def person(rng: Random) -> str:
    """Return an invented person's name."""
    return f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"


def companies(rng: Random, count: int) -> list[str]:
    """Return distinct invented customers."""
    return [f"{place} {rng.choice(_TRADE)}" for place in rng.sample(_PLACE, count)]


def dealers(rng: Random, count: int) -> list[str]:
    """Return distinct invented resellers of a distributor."""
    return [f"{place} {rng.choice(_DEALER_FORM)}" for place in rng.sample(_PLACE, count)]
