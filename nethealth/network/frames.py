"""A network as pandas data frames, for scripts and notebooks.

People appear by `Person.key`, as in `Workbook.frames()`, so that frames can be merged. Everyone counts in the metrics,
but people with `Show on map` = no are not listed, and neither are their ties.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from nethealth.network.graph import Network
from nethealth.network.metrics.network_metrics import compute_person_metrics

if TYPE_CHECKING:
    import pandas as pd


def network_frames(network: Network) -> dict[str, pd.DataFrame]:
    """Return `people` (one row per person, with name, kind, attributes, and metrics) and `ties` (one row per tie).

    Metrics have the names of `metrics --json` under `people` (see docs/metrics.md), and an attribute with such a name
    ends in ` (column)`. Ties have `source` and `target` (keys), `strength`, `kinds`, `heard_through`, `mutual`, and the
    latest `date`. Lists are joined with `; `, and what is unknown is missing.

    Examples:
        >>> from nethealth.network.graph import network_at
        >>> from nethealth.sources import read_sample
        >>> from nethealth.workbook.reader import read_workbook
        >>> frames = network_frames(network_at(read_workbook(read_sample())))
        >>> frames["ties"].columns.tolist()
        ['source', 'target', 'strength', 'kinds', 'heard_through', 'mutual', 'date']
    """
    import pandas as pd

    people = []
    for metrics in compute_person_metrics(network):
        person = network.people[metrics.key]
        if person.on_map:
            own = {"kind": person.kind.value, "guest": person.is_guest, **asdict(metrics)}
            columns = {
                name if name not in own else f"{name} (column)": text for name, text in person.attributes.items()
            }
            people.append(own | columns)
    ties = [
        {
            "source": tie.a,
            "target": tie.b,
            "strength": tie.strength,
            "kinds": "; ".join(tie.kinds),
            "heard_through": "; ".join(tie.heard_through),
            "mutual": tie.is_mutual,
            "date": tie.latest,
        }
        for tie in network.ties
        if network.people[tie.a].on_map and network.people[tie.b].on_map
    ]
    tie_columns = ["source", "target", "strength", "kinds", "heard_through", "mutual", "date"]
    people_frame = pd.DataFrame(people) if people else pd.DataFrame(columns=["key", "name"])
    tie_frame = pd.DataFrame(ties, columns=tie_columns).astype({"strength": "float64", "date": "datetime64[s]"})
    return {"people": people_frame.convert_dtypes(), "ties": tie_frame}
