"""The guide's words: the network approach, its four principles, the four domains, how to ask and how to weave."""

from __future__ import annotations

from dataclasses import dataclass

APPROACH = (
    "Some problems are larger than any one organization: teachers who leave, a subject that students learn to fear, "
    "good ideas that never cross a district’s border. A network brings the people who care about such a problem into "
    "relationship with each other, so that help, ideas and courage travel without asking for permission.",
    "That is a different kind of work from running a programme. Nobody can order a network to be healthy. What one can "
    "do is tend the ground: bring people together well, introduce them to each other, listen, keep the commons in "
    "order, and notice what grows. These pages are for noticing. They show where the network is alive, where it is "
    "thin, and what a small team might do on Monday.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A titled passage: what it says, and what it looks like in practice."""

    title: str
    text: str
    practice: str


PRINCIPLES: tuple[Passage, ...] = (
    Passage(
        title="Prioritize relationships",
        text="Trust comes before tasks. People share what does not work, lend a hand and try something together with "
        "those whom they know; so time spent on knowing each other is the work, not the warm-up.",
        practice="Begin each convening with a conversation in pairs. Ask what people need before you ask what they can "
        "give.",
    ),
    Passage(
        title="Practise humility",
        text="No one in a network sees all of it, the team that runs it least of all. Offer rather than direct, give "
        "credit away, and be glad when something good happens without you.",
        practice="Read a figure here together with those whom it is about, and let them say what it means.",
    ),
    Passage(
        title="Promote openness",
        text="What is visible can be used by people you never thought of. Share plans early, decisions with their "
        "reasons, and mistakes with what they taught.",
        practice="Put key outcomes in the sheet on the day after a convening. Say what you did about what you heard.",
    ),
    Passage(
        title="Prepare for emergence",
        text="The best of a network is rarely in its plan. Members meet, and something starts. It cannot be scheduled, "
        "but it can be made likely: by introductions, small sums, a room, a word in time.",
        practice="When you hear of a collaboration, write it down, ask what it needs, and leave it in its makers’ "
        "hands.",
    ),
)

DOMAINS: tuple[Passage, ...] = (
    Passage(
        title="Connectivity",
        text="Who is tied to whom: how well the network hangs together, where its bridges are, and who stands at the "
        "edge and may not want to.",
        practice="Fed by the tabs Connections, Waves and Weaving.",
    ),
    Passage(
        title="Participant experience",
        text="What membership does for people and for their organizations: what they learn, whom they meet, how their "
        "work gets better.",
        practice="Fed by the tabs Survey, Questions and Actions.",
    ),
    Passage(
        title="Collaborative infrastructure",
        text="What carries the network: who belongs, when people meet, where they talk in between, and what they have "
        "agreed with each other.",
        practice="Fed by the tabs Members, Convenings, Activities, Platform and Agreements.",
    ),
    Passage(
        title="Emergent activity",
        text="What members start together that nobody assigned: the surest sign that a network is alive.",
        practice="Fed by the tab Emergent activity.",
    ),
)

BEGINNING: tuple[str, ...] = (
    "**Take the empty workbook.** The page Data has it, with a note on every header. Open it with Google Sheets, or "
    "keep it as a file.",
    "**Fill two tabs first.** Members: a name a row, and the day they joined. Connections: two names a row. Paste "
    "from a directory that you have: headers such as Full name, School or Join date are known.",
    "**Look at the page Data.** It names each cell that could not be read, and what to do about it. All the others "
    "show at once.",
    "**Add a tab when you have a question for it.** The Overview says what the sheet could tell next.",
)

ASKING: tuple[str, ...] = (
    "**Ask little, and ask again.** Two questions for each outcome, the same words each year, ten minutes in all. What "
    "you would not act on, do not ask.",
    "**Use a form.** Link a Google Form to the workbook: its answers arrive as a tab of their own and are read as they "
    "are. In the tab Questions, say which outcome each question speaks of; the Data page shows how each was "
    "understood. The sentences of the short survey below are known by their words.",
    "**For ties, one question does.** “With whom have you exchanged ideas about your work since last spring?”, with "
    "members’ names to tick. Give the round a name and a date in the tab Waves.",
    "**Say what happens with the answers.** Who reads them, that small groups are never shown, and when you will come "
    "back with what you heard. Then do come back: the tab Actions keeps the promise in sight.",
    "**Hear the silent.** Below four in ten answers, call a few who did not reply before you read much into the rest.",
)

WEAVING: tuple[str, ...] = (
    "**Talk with people, one at a time.** Half an hour: what are you working on, where are you stuck, whom would you "
    "love to meet? Each member once a year is a good beginning.",
    "**Introduce two people for a reason.** One message to both, with what each might want to hear from the other. "
    "Then step aside.",
    "**Write it down the same day.** A row in the tab Weaving: the date, you, the member, to whom you introduced them, "
    "and what you promised by when. What you heard is for staff only; no viewer ever receives it.",
    "**Begin at the edge.** Members without a tie, and groups that do not touch, are where one introduction changes "
    "most.",
    "**Keep your promises small and dated.** Open follow-ups wait on the page Weaving until they are done.",
)

REFLECTION: tuple[str, ...] = (
    "**Make room for both sides.** Each pair sets two ways of thinking side by side, and an organization needs both: "
    "clear direction in a storm, shared direction on a long road. There is no right end of the scale.",
    "**First alone, then together.** Ten quiet minutes with the seven pairs, then look at where people stand apart. "
    "The widest pair is the one to talk about.",
    "**End with three.** Which three characteristics rise to the top today? What do they make easy for your mission, "
    "and what do they make hard?",
)

WORDS: tuple[tuple[str, str], ...] = (
    ("Member", "A person or an organization that belongs to the network, by its own word and yours."),
    ("Tie", "Two members who know of each other’s work, from “aware of” to “collaborate”, as one or both of them say."),
    ("Wave", "One round of asking about ties, or one survey."),
    ("Weaving", "Connecting people on purpose: listening, introducing, following up."),
    ("Hub", "The organization that holds the network’s space, and its staff."),
    ("Bridge", "A person or a tie that joins parts of the network that would otherwise be apart."),
    ("Convening", "A gathering of the whole network, or of a good part of it."),
    ("Emergent activity", "Something that members began together, of their own accord or with a little help."),
)
