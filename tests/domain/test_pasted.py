import pytest

from app.domain.pasted import Pasted, lines_from

SYSTEMS = {"patriot", "skynex", "leopard 2", "iris-t slm", "air-defence", "missiles"}


def known(text: str) -> bool:
    return text.lower() in SYSTEMS


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            "about 200\tair-defence missiles\tpatriot",
            Pasted(title="air-defence missiles", system="patriot", quantity="about 200"),
        ),
        (
            "patriot;about 200;Missiles for the system",
            Pasted("Missiles for the system", "patriot", quantity="about 200"),
        ),
        ("2 Skynex systems", Pasted("Skynex systems", "Skynex", quantity="2")),
        ("- 18 Leopard 2 tanks", Pasted("Leopard 2 tanks", "Leopard 2", quantity="18")),
        ("3) 5 x IRIS-T SLM", Pasted("IRIS-T SLM", "IRIS-T SLM", quantity="5")),
        ("undisclosed\tIRIS-T SLM", Pasted("IRIS-T SLM", "IRIS-T SLM", quantity="undisclosed")),
        (
            "Patriot missiles; up to 1,000; USD 5.5bn",
            Pasted("Patriot missiles", "Patriot", quantity="up to 1,000", amount="USD 5.5bn"),
        ),
        ("1 million rounds of 155 mm", Pasted("rounds of 155 mm", quantity="1 million")),
        ("between 10 and 12 guns", Pasted("guns", quantity="between 10 and 12")),
        ("EUR 5m\tspare parts", Pasted("spare parts", amount="EUR 5m")),
        ("drones; 100; complete system", Pasted("drones", role="complete_system", unit="uav", quantity="100")),
        ("Grad\t10\tinterceptor\tmissiles", Pasted("Grad", role="interceptor", unit="missile", quantity="10")),
        ("Grad;10;“ten Grads for the front”", Pasted("Grad", quantity="10", quote="ten Grads for the front")),
        ("something; else", Pasted("something, else")),
        ("hundreds of drones", Pasted("hundreds of drones", quantity="hundreds of drones")),
        ("NaN", Pasted("NaN")),
        ("10^30; things", Pasted("10^30, things")),
        ("155 mm shells", Pasted("mm shells", quantity="155")),
    ],
)
def test_a_line_is_read_cell_by_cell_and_loses_nothing(row, told):
    assert lines_from(row, known) == [told]


def test_empty_lines_are_passed_over():
    assert [one.title for one in lines_from("\n\n a \r\n\t\n b\n", known)] == ["a", "b"]
