"""What is given: one tree of system types, told by the dots in the code."""

from dataclasses import dataclass

from app.domain.codes import N_, Code


class Role(Code):
    COMPLETE_SYSTEM = "complete_system", N_("complete system")
    LAUNCHER = "launcher", N_("launcher")
    INTERCEPTOR = "interceptor", N_("interceptor")
    GUN_AMMUNITION = "gun_ammunition", N_("gun ammunition")
    MUNITION = "munition", N_("other munition")
    RADAR_SENSOR = "radar_sensor", N_("radar or sensor")
    COMMAND_CONTROL = "command_control", N_("command and control")
    PLATFORM = "platform", N_("platform")
    SPARES_SUPPORT = "spares_support", N_("spares and support")
    TRAINING = "training", N_("training")
    FUNDING = "funding", N_("funding")


class Unit(Code):
    MISSILE = "missile", N_("missiles")
    ROUND = "round", N_("rounds")
    LAUNCHER = "launcher", N_("launchers")
    GUN = "gun", N_("guns")
    FIRE_UNIT = "fire_unit", N_("fire units")
    BATTERY = "battery", N_("batteries")
    SYSTEM = "system", N_("systems")
    RADAR = "radar", N_("radars")
    VEHICLE = "vehicle", N_("vehicles")
    AIRCRAFT = "aircraft", N_("aircraft")
    HELICOPTER = "helicopter", N_("helicopters")
    UAV = "uav", N_("drones")
    SHIP = "ship", N_("ships")
    PERSON_TRAINED = "person_trained", N_("people trained")
    TONNE = "tonne", N_("tonnes")
    SET = "set", N_("sets")
    OTHER = "other", N_("items")


FITTING = {
    Role.COMPLETE_SYSTEM: {
        *(Unit.SYSTEM, Unit.BATTERY, Unit.FIRE_UNIT, Unit.LAUNCHER, Unit.GUN, Unit.VEHICLE, Unit.UAV, Unit.SET),
        Unit.TONNE,  # fuel
    },
    Role.LAUNCHER: {Unit.LAUNCHER, Unit.VEHICLE, Unit.SYSTEM},
    Role.INTERCEPTOR: {Unit.MISSILE, Unit.UAV},
    Role.GUN_AMMUNITION: {Unit.ROUND, Unit.TONNE},
    Role.MUNITION: {Unit.ROUND, Unit.MISSILE, Unit.UAV, Unit.TONNE, Unit.SET},
    Role.RADAR_SENSOR: {Unit.RADAR, Unit.SYSTEM, Unit.SET, Unit.VEHICLE, Unit.AIRCRAFT, Unit.UAV},
    Role.COMMAND_CONTROL: {Unit.SYSTEM, Unit.SET, Unit.VEHICLE},
    Role.PLATFORM: {Unit.VEHICLE, Unit.AIRCRAFT, Unit.HELICOPTER, Unit.UAV, Unit.SHIP, Unit.GUN, Unit.SYSTEM},
    Role.SPARES_SUPPORT: {Unit.SET, Unit.TONNE, Unit.VEHICLE, Unit.SYSTEM},
    Role.TRAINING: {Unit.PERSON_TRAINED},
    Role.FUNDING: set(),
}


class Level(Code):
    CATEGORY = "category", N_("category")
    CLASS = "class", N_("class")
    FAMILY = "family", N_("family")
    VARIANT = "variant", N_("variant")


LEVELS = list(Level)


@dataclass(frozen=True, kw_only=True)
class System:
    code: str
    slug: str
    name: str
    name_de: str = ""
    name_uk: str = ""
    aliases: tuple[str, ...] = ()
    range_band: str = ""
    effector: str = ""
    default_role: Role | None = None
    default_unit: Unit | None = None
    maker: str = ""
    origin: str = ""
    note: str = ""
    source_url: str = ""

    @property
    def level(self) -> Level:
        return LEVELS[self.code.count(".")]

    @property
    def parent(self) -> str | None:
        return self.code.rpartition(".")[0] or None


def fits(role: Role, unit: Unit) -> bool:
    """Whether things of the role are counted in the unit. Items of no named kind fit every role."""
    return unit is Unit.OTHER or unit in FITTING[role]


def family(code: str) -> str:
    """The code of the family: the ancestor at the third level, else the node itself. Sums never cross it."""
    return ".".join(code.split(".")[:3])


def path(code: str) -> list[str]:
    """The codes from the category down to the node itself."""
    parts = code.split(".")
    return [".".join(parts[: depth + 1]) for depth in range(len(parts))]
