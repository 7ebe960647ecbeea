"""The guide's text: the network approach, its principles and domains, and how to start, survey, weave, and reflect."""

from __future__ import annotations

from dataclasses import dataclass

APPROACH = (
    "Some problems are too big for one organization. A network connects people who care about them, so help and "
    "ideas travel. This app shows where yours is strong, where it’s thin, and what to do next.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A titled passage: what it says, and a note below it."""

    title: str
    text: str
    note: str = ""


PRINCIPLES: tuple[Passage, ...] = (
    Passage(
        title="Prioritize relationships",
        text="Trust comes before tasks.",
    ),
    Passage(title="Practice humility", text="No one sees the whole network."),
    Passage(
        title="Promote openness",
        text="Others can learn from your plans and mistakes.",
    ),
    Passage(
        title="Prepare for emergence",
        text="The best ideas are rarely planned.",
    ),
)

PRINCIPLES_IN_PRACTICE: tuple[str, ...] = (
    "**Prioritize relationships.** Start each convening with conversations in pairs. Ask what people need before you "
    "ask what they can give. Getting to know each other is part of the work.",
    "**Practice humility.** Look at results together with the people they describe. Let them say what the results "
    "mean. Offer, don’t direct, and share credit.",
    "**Promote openness.** Share outcomes the day after a convening. Say what you did with people’s feedback.",
    "**Prepare for emergence.** Introductions, a little money, and a place to meet all help. When members start "
    "something, ask what it needs, and leave it in their hands.",
)

DOMAINS: tuple[Passage, ...] = (
    Passage(
        title="Connectivity",
        text="Who is connected to whom, where the bridges are, and who has no connections yet.",
        note="Uses the Connections, Waves, and Weaving tabs.",
    ),
    Passage(
        title="Participant experience",
        text="What people and organizations gain: what they learn, who they meet, and how their work improves.",
        note="Uses the Survey, Questions, and Actions tabs.",
    ),
    Passage(
        title="Collaborative infrastructure",
        text="What supports the network: who belongs, when people meet, where they talk, and what they agree on.",
        note="Uses the Members, Convenings, Activities, Platform, and Agreements tabs.",
    ),
    Passage(
        title="Emergent activity",
        text="What members start together that no one assigned. It’s the surest sign that a network is alive.",
        note="Uses the Emergent activity tab.",
    ),
)

GETTING_STARTED: tuple[str, ...] = (
    "**Open the lists you have** under Open another workbook: contacts, surveys, attendance. Or start with the "
    "Data page’s template.",
    "**Fill in two tabs:** one member per row in Members, and two names per row in Connections.",
    "**Check the Data page** to see what to fix.",
    "**Add tabs** as you have new questions. The Overview suggests which.",
)

SURVEYING: tuple[str, ...] = (
    "**Ask a little, and ask again.** Use two questions per outcome and the same wording each year. Keep it under ten "
    "minutes. Don’t ask what you won’t act on.",
    "**Use a form.** Link a Google Form to the workbook, and its answers arrive as a tab that we can read. In the "
    "Questions tab, say which outcome each question belongs to. The Data page shows how we read each one.",
    "**Or use the short survey below.** We recognize its wording. It has twelve statements, two per outcome, and "
    "three open questions. In Google Forms, make the statements the rows of a multiple-choice grid, and the five "
    "answers its columns.",
    "**For connections, one question is enough.** “Who have you exchanged ideas with about your work since last "
    "spring?” List members’ names to check off. Give each round a name and a date in the Waves tab.",
    "**Say what happens with the answers.** Say who reads them, that small groups are never shown, and when you’ll "
    "report back. Then report back. The Actions tab keeps track of what you promised.",
    "**Follow up with nonrespondents.** If fewer than four in ten answer, call a few who didn’t before you draw "
    "conclusions.",
)

WEAVING: tuple[str, ...] = (
    "**Talk with people, one at a time.** Take half an hour. What are you working on? Where are you stuck? Who would "
    "you love to meet? Once a year with each member is a good start.",
    "**Introduce two people for a reason.** Send one message to both, and say what each could learn from the other. "
    "Then step aside.",
    "**Write it down before the next one.** Tap “Record a conversation” on the Weaving page: who, what you heard, what "
    "you’ll do next, and who you introduced. It takes a minute, on a phone too. Only staff see what you heard.",
    "**Start at the edge.** One introduction changes the most for members with no connections, and between clusters "
    "that don’t connect.",
    "**Keep promises small and dated.** The Weaving page lists your follow-ups until you tap “Done”.",
)

REFLECTION: tuple[str, ...] = (
    "**Make room for both sides.** Each pair holds two ways of thinking, and an organization needs both. You need "
    "clear direction in a storm, and shared direction on a long road. Neither end is right.",
    "**Start alone, then talk.** Take ten quiet minutes with the seven pairs. Then look for the widest spread, and "
    "talk about that pair.",
    "**End with three.** Which three characteristics matter most today? What do they make easy for your mission, and "
    "what do they make hard?",
)
SESSION: tuple[str, ...] = (
    "**Start it from the Sessions page,** and open its screen on the laptop with the projector. People scan the QR "
    "code. They need no account and no app.",
    "**Control it from your phone.** Wait until most have answered, then reveal. Go through the pictures, and give "
    "pairs a few minutes with each question.",
    "**Rehearse once** with simulated phones, and print the plan in case the Wi-Fi fails.",
    "**End it.** The answers go to the workbook, without names for a reflection or a pulse. Nothing shows about too "
    "few people.",
)
ROOM: tuple[str, ...] = (
    "**Say what it’s for first.** People are about to say who they know, and the room sees a map. Leave names off "
    "until everyone agrees to show them.",
    "**Let the map grow.** People find themselves on their phones and tick who they know. Reveal the map while they "
    "answer, then replay it.",
    "**Act before people leave.** The next picture has introductions to make now. Seat people next to someone new, and "
    "record who came.",
    "**Ask what they started.** In a session about collaborations, people name what they know of. Accept what belongs "
    "in your workbook.",
)
