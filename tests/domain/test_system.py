import pytest

from app.domain.system import Level, System, family, path


@pytest.mark.parametrize(
    ("code", "level", "parent", "its_family"),
    [
        ("AD", Level.CATEGORY, None, "AD"),
        ("AD.LR", Level.CLASS, "AD", "AD.LR"),
        ("AD.LR.PATRIOT", Level.FAMILY, "AD.LR", "AD.LR.PATRIOT"),
        ("AD.LR.PATRIOT.GEMT", Level.VARIANT, "AD.LR.PATRIOT", "AD.LR.PATRIOT"),
    ],
)
def test_the_dots_of_a_code_tell_level_parent_and_family(code, level, parent, its_family):
    system = System(code=code, slug=code.lower(), name=code)

    assert (system.level, system.parent, family(code)) == (level, parent, its_family)


def test_the_path_leads_from_the_category_down_to_the_node_itself():
    assert path("AD.LR.PATRIOT") == ["AD", "AD.LR", "AD.LR.PATRIOT"]
    assert path("AD") == ["AD"]


def test_every_parent_in_the_seed_is_there(seed):
    codes = {system.code for system in seed.systems}

    assert all(set(path(code)) <= codes and code.count(".") <= 3 for code in codes)
