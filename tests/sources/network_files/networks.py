"""Small network files and what a reading of them has."""

from nethealth.sources import read_file
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import Workbook


def open_network(text: str | bytes, name: str) -> Workbook:
    """Read a file as the page does."""
    return read_workbook(read_file(text if isinstance(text, bytes) else text.encode(), name))


def people(workbook: Workbook) -> list[str]:
    return [person.name for person in workbook.people.values()]


def ties(workbook: Workbook) -> list[tuple[str, str]]:
    name = {key: person.name for key, person in workbook.people.items()}
    return [(name[tie.source], name[tie.target]) for tie in workbook.connections]
