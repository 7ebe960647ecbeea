"""Cells that any reader may meet."""

from typing import Any

from hypothesis import strategies as st

from nethealth.workbook.cells.parsed import Parsed
from nethealth.workbook.records import Severity

ERROR_VALUES = ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#ERROR!", "#SPILL!", "#CALC!"]
ERROR_VALUES += ["Loading...", "Loading…", " #n/a ", "#¿NOMBRE?", "Err:502"]

RAW_CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=-(10**400), max_value=10**400),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.text(alphabet=st.characters(), max_size=60),
    st.text(alphabet="0123456789.,-+%eE ()/:=#!Aagre\u200b\u202e\u00a0\ud800\x00٣", max_size=30),
    st.sampled_from([*ERROR_VALUES, "=1+1", "=", "N/A", "4 - Agree", "https://[", "http://", "www."]),
)


def value_of(parsed: Parsed[Any]) -> Any:
    """The value of a cell that was read without a problem."""
    assert parsed.problems == ()
    return parsed.value


def is_error(parsed: Parsed[Any]) -> bool:
    """True if a cell gave no value and one error."""
    return parsed.value is None and [problem.severity for problem in parsed.problems] == [Severity.ERROR]
