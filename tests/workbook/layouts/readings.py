"""What a reading has, in short."""


def names(workbook):
    return [person.name for person in workbook.people.values()]


def ties(workbook):
    name = {key: person.name for key, person in workbook.people.items()}
    return [(name[tie.source], name[tie.target]) for tie in workbook.connections]


def errors(workbook):
    return [problem.cell or problem.tab for problem in workbook.problems if problem.severity.value == "error"]
