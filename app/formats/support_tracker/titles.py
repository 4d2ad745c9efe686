"""What a line is called: in our own words where the tracker's name of the item is odd, else by that name."""

from app.domain.mapping import folded
from app.domain.pledge import AidType
from app.formats.support_tracker.lines import Line

LONGEST = 300

TITLES = {  # by item as the dataset names it
    "2K12 KUB": "2K12 Kub air-defence systems",
    "5.56 mm, 23 mm firearms for the ZU-23-2 cannon": "Rounds for ZU-23-2 anti-aircraft guns",
    "AIM-7 missile for air defense": "AIM-7 missiles for air defence",
    "AIM-9 missile": "AIM-9 missiles for air defence",
    "AMBER 1800 radar systems": "AMBER-1800 radars",
    "AMRAAM rockets (for NASAMS)": "AMRAAM missiles for NASAMS",
    "AN/MPQ-64 Sentinel air surveillance radar": "AN/MPQ-64 Sentinel radars",
    "ASTER Missile": "Aster missiles",
    "Air Defence Missile": "Air-defence missiles",
    "Air Defence Missile (UK)": "Air-defence missiles",
    "Air defense generator": "Generators for air defence",
    "Air defense launcher": "Portable air-defence launchers",
    "Air surveillance radar TRML-4D": "TRML-4D air-surveillance radars",
    "Air-surveillance radar US": "Air-surveillance radars",
    "Anti-drone weapon": "Anti-drone weapons",
    "Aspide battery": "Aspide air-defence battery",
    "Automatic anti-aircraft gun S-60": "S-60 anti-aircraft guns",
    "Automatic anti-aircraft gun S-60 ammunition": "Rounds for S-60 anti-aircraft guns",
    "Avenger air defense system": "Avenger air-defence vehicles",
    "Bofors L70 anti-aircraft gun": "Bofors L70 anti-aircraft guns",
    "CROTALE Missile": "Crotale missiles",
    "Cortale air-defense system": "Crotale NG air-defence systems",
    "Counter-Unmanned Aerial System": "Counter-drone systems",
    "Counter-unmanned aerial system 30mm gun truck": "Counter-drone trucks with 30 mm guns",
    "DroneShield anti-drone system": "DroneShield counter-drone systems",
    "Equipment to integrate Western air defense launchers, missiles, and radars with Ukraine’s air defense systems": (
        "Equipment to join Western and Ukrainian air defence"
    ),
    "Equipment to sustain Ukraine’s existing air defense capabilities": "Upkeep of Ukraine's existing air defence",
    "GEPARD ammunition round": "Rounds for Gepard anti-aircraft guns",
    "Gepard rapid-fire armored vehicle": "Gepard anti-aircraft gun vehicles",
    "Ground Master 200": "Ground Master 200 radar",
    "HAWK air defense system": "HAWK air-defence systems",
    "HAWK firing unit": "HAWK launchers",
    "IRIS-T AIM-2000": "IRIS-T AIM-2000 missiles",
    "IRIS-T SLM/SLS missile": "IRIS-T SLM and SLS missiles",
    "Iris-T SLM air defence system": "IRIS-T SLM air-defence systems",
    "Iris-T SLS air defence system": "IRIS-T SLS air-defence systems",
    "Missiles for HAWK air defense system": "HAWK missiles",
    "Mistral Air Defence Launcher": "Mistral launchers",
    "Mistral Air Defence Missile": "Mistral missiles",
    "Munitions for NASAMS": "NASAMS missiles",
    "NASAMS firing unit": "NASAMS fire units",
    "NASAMS launcher": "NASAMS launchers",
    "National Advanced Surface-to-Air Missile System (NASAMS)": "NASAMS air-defence systems",
    "Patriot air defense battery": "Patriot air-defence system",
    "Patriot air defense launcher": "Patriot launchers",
    "Patriot air defense munition": "Patriot missiles",
    "Piorun man-portable air-defense system": "Piorun portable air-defence systems",
    "RBS 70": "RBS 70 launchers",
    "Rim-7 missile": "RIM-7 Sea Sparrow missiles",
    "S-300 air defence system": "S-300 air-defence system",
    "SAMP/T anti-air missile": "Aster missiles for SAMP/T",
    "SAMP/T anti-air missile defense system": "SAMP/T air-defence system",
    "SKYNEX air defence system": "Skynex gun air-defence systems",
    "STRELA man portable air defense system": "Strela portable air-defence systems",
    "Shorad Aspide anti-aircraft missile": "Aspide missiles",
    "Skyguard anti-air missile defense system": "Skyguard-Aspide air-defence systems",
    "Spada anti-air missile defense system": "Spada air-defence systems",
    "Starstreak anti-aircraft missile system": "Starstreak launchers",
    "Stinger anti-aircraft system": "Stinger portable air-defence systems",
    "Stinger anti-aircraft system (Latvia)": "Stinger portable air-defence systems, one lot",
    "Stinger missile": "Stinger missiles",
    "Stormer Armored vehicle with Starstreak anti-air missile launchers": "Stormer vehicles with Starstreak launchers",
    "VAMPIRE Counter-Unmanned Aerial System": "VAMPIRE counter-drone systems",
    "VERA-NG radar system": "VERA-NG passive radars",
    "ammunition for counter-unmanned aerial system": "Ammunition for counter-drone systems",
    "anti-aircraft Starstreak missile": "Starstreak missiles",
    "anti-aircraft gun": "Anti-aircraft guns",
    "anti-drone cannon": "Anti-drone guns (jammers)",
    "anti-drone sensors and jammers": "Counter-drone sensors and jammers",
    "electronic anti-drone device": "Electronic anti-drone devices",
    "frequency range extensions for anti-drone devices": "Frequency extensions for anti-drone devices",
    "mobile c-UAS laser-guided rocket system": "Mobile counter-drone systems with laser-guided rockets",
    "multi-mission radar": "Multi-mission radars",
    "shoulder fired MANPAD": "Portable air-defence systems",
    "surface to air missile": "Surface-to-air missiles",
    "unspecified anti-aircraft artillery (BEL)": "Anti-aircraft artillery, type not named",
}

# Lines that name no item, by the specific type of their aid: 45 spellings of 30 types.
TYPES = {
    "assistance": "Assistance",
    "assistance and equipment": "Assistance and equipment",
    "equipment and assistance": "Assistance and equipment",
    "budgetary appropriations": "Budgetary appropriations",
    "consolidation": "Consolidation of the dataset's lines",
    "consolidation entry": "Consolidation of the dataset's lines",
    "equipment": "Equipment, not itemised",
    "equipment and medicines": "Equipment and medicines",
    "european peace facility": "Refund of military aid by the European Peace Facility",
    "funding for weapon acquisition program": "Funding to buy weapons",
    "funding for weapon acquisition program/weapons and equipment": "Funding to buy weapons and equipment",
    "funding for weapons acquisition": "Funding to buy weapons",
    "grant": "Grant",
    "guarantee": "Guarantee",
    "infrastructure": "Infrastructure",
    "loan": "Loan",
    "material assistance": "Material assistance",
    "medicines": "Medicines",
    "military equipment": "Military equipment, not itemised",
    "protective equipment and medical supplies": "Protective equipment and medical supplies",
    "reconstruction": "Reconstruction",
    "recovery": "Recovery",
    "swap-line": "Swap line between central banks",
    "training": "Training",
    "training and equipment": "Training and equipment",
    "weapons": "Weapons, not itemised",
    "weapons and assistance": "Weapons and assistance",
    "weapons and equipment": "Weapons and equipment, not itemised",
    "weapons and military equipment": "Weapons and equipment, not itemised",
    "weapons, equipment and assistance": "Weapons, equipment and assistance",
}
OF_ANY_KIND = (
    *("Assistance", "Assistance and equipment", "Material assistance"),
    *("Budgetary appropriations", "Equipment, not itemised", "Grant", "Loan"),
)
OF_MONEY = ("Budgetary appropriations", "Grant", "Loan")  # of financial aid that goes without saying


def title_of(line: Line) -> str:
    if line.item:
        return _TITLE.get(folded(line.item)) or _capital(line.item)[:LONGEST]
    kind = line.aid.title if line.aid else ""
    specific = TYPES.get(folded(line.specific)) or _capital(line.specific)
    if not specific:
        return f"{_capital(kind)} aid"
    if specific in OF_ANY_KIND and not (line.aid is AidType.FINANCIAL and specific in OF_MONEY):
        return f"{_capital(kind)} {specific[0].lower()}{specific[1:]}"[:LONGEST]
    return specific[:LONGEST]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_TITLE = {folded(item): title for item, title in TITLES.items()}
