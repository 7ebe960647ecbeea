"""A large workbook, seeded: 5,000 members and 50,000 connections, as a folder of .csv files and as .xlsx."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import xlsxwriter

FIRST = ("Ana", "Bao", "Chidi", "Dina", "Emil", "Farah", "Goran", "Hana", "Ines", "Jorge", "Kofi", "Lena", "Mina")
LAST = ("Abara", "Bianchi", "Cho", "Diaz", "Eriksen", "Fofana", "Garcia", "Haddad", "Ito", "Jansen", "Kim", "Lopez")


def rows(*, members: int, connections: int) -> dict[str, list[list[str | int]]]:
    """Return the tabs of the workbook, including header rows."""
    rng = random.Random(7)
    names = [f"{rng.choice(FIRST)} {rng.choice(LAST)} {number}" for number in range(members)]
    regions = ("North", "South", "East", "West", "Centre")
    member_rows: list[list[str | int]] = [["Name", "Member ID", "Organization", "Region", "Joined"]]
    for number, name in enumerate(names):
        joined = f"20{rng.randint(20, 25)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        member_rows.append([name, f"M{number:05}", f"School {number % 400}", rng.choice(regions), joined])
    tie_rows: list[list[str | int]] = [["From", "To", "Strength", "Type", "Date", "Wave"]]
    for _ in range(connections):
        a, b = rng.sample(names, 2)
        tie_rows.append([a, b, rng.randint(1, 5), "Advice", f"2025-{rng.randint(1, 12):02}-15", "2025"])
    return {"Members": member_rows, "Connections": tie_rows}


def write(folder: Path, *, members: int = 5_000, connections: int = 50_000) -> tuple[Path, Path]:
    """Write both formats to `folder`; return the folder of .csv files and the .xlsx file."""
    tabs = rows(members=members, connections=connections)
    csv_folder = folder / "large"
    csv_folder.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(folder / "large.xlsx"))
    for title, lines in tabs.items():
        with (csv_folder / f"{title}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(lines)
        sheet = book.add_worksheet(title)
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    book.close()
    return csv_folder, folder / "large.xlsx"
