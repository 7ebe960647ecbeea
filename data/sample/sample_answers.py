"""Questions and answers of the sample network."""

from __future__ import annotations

QUESTIONS: tuple[tuple[str, str, str, str], ...] = (
    (
        "I understand better how mathematics is taught in places unlike mine.",
        "Participant",
        "Knowledge, skills and system awareness",
        "",
    ),
    ("I do more mathematics myself than before I joined.", "Participant", "Knowledge, skills and system awareness", ""),
    (
        "I have changed something in my teaching because of this network.",
        "Participant",
        "Professional effectiveness",
        "",
    ),
    ("I feel able to lead a session for colleagues.", "Participant", "Professional effectiveness", ""),
    (
        "There are people in this network I could call with a hard question.",
        "Participant",
        "Meaningful relationships",
        "",
    ),
    ("I feel alone with the hard parts of my work.", "Participant", "Meaningful relationships", "yes"),
    (
        "My organization plans some of its work with others in the network.",
        "Organization",
        "Coordination of efforts",
        "",
    ),
    (
        "We know what other circles are doing before we begin something new.",
        "Organization",
        "Coordination of efforts",
        "",
    ),
    ("Through the network we reach teachers we would not reach alone.", "Organization", "Reach and impact", ""),
    (
        "Students in our schools meet richer mathematics because of our membership.",
        "Organization",
        "Reach and impact",
        "",
    ),
    (
        "Our circle runs better because of what we borrowed from others.",
        "Organization",
        "Organizational effectiveness",
        "",
    ),
    ("My school or college gives time for this work.", "Organization", "Organizational effectiveness", ""),
)
KNOWS_OTHERS = "We know what other circles are doing before we begin something new."
GIVES_TIME = "My school or college gives time for this work."
# The mean agreement in the first and second wave, 1 to 5.
AGREED: tuple[tuple[float, float], ...] = (
    (4.0, 4.3),
    (3.7, 3.9),
    (4.1, 4.2),
    (3.2, 3.8),
    (3.5, 3.95),
    (2.9, 2.55),
    (3.1, 3.4),
    (2.7, 2.6),
    (3.8, 4.1),
    (3.6, 3.8),
    (3.5, 3.9),
    (2.9, 2.7),
)
RECOMMEND = "How likely are you to recommend this network to a colleague? (0 not at all, 10 very)"
HOW_OFTEN = "How often did you take part this year?"
HOW_OFTEN_OPTIONS = ("Most months", "A few times", "Once", "Only online messages")
TOOK_BACK = "What did you take back to your work?"
TOOK_BACK_OPTIONS = ("A problem or task", "A way of running a discussion", "A contact", "Confidence", "Nothing yet")
CHANGED = "What changed in your work because of someone you met here?"
USEFUL = "What would make this network more useful to you?"

CHANGED_ANSWERS: tuple[str, ...] = (
    "I stopped explaining after the first wrong answer. I ask who sees it another way, and wait.",
    "A colleague in Minnesota reads my lesson plans on Thursdays. I read hers on Fridays.",
    "I taught a problem that I could not solve. My students have not forgotten it and neither have I.",
    "Our department now opens its meeting with ten minutes of mathematics.",
    "I applied for the coaching job, because someone here told me what it was really like.",
    "My fifth graders write to a class a thousand miles away. They check each step before they post it.",
    "Nothing yet, I have only been here for six weeks.",
    "I visited a classroom for the first time in eleven years of teaching.",
    "I no longer think that I am the only one who finds fractions hard to teach.",
    "We run the family night in two languages now. Twice as many came.",
    "I sent my own work to someone and asked what was wrong with it. That was new.",
    "I give one long problem a week in place of twenty short ones.",
    "Someone from the college came to my room, and I went to hers. We were both surprised.",
    "I learned to leave silence. It is harder than it looks.",
    "I use the norms of our sessions with my students.",
    "I found a friend, which I had not expected from professional development.",
    "My principal gave us an hour a month after I showed her what another district does.",
    "I began a circle. Five people. It is the best hour of my month.",
    "I borrowed the way they take notes on who speaks. I did not like what I saw, and it helped.",
    "We share a unit across two schools and meet on what students wrote.",
    "Someone sent me a paper at the very moment when I needed it.",
    "I ask my students what they noticed before I ask what they got.",
    "I stayed in teaching. I am not sure that I would have.",
    "I bring a problem to our staff meeting and no one groans any more.",
    "Honestly, more ideas than I have hours to use.",
    "I know who to ask about newcomers now, and I ask.",
    "I led a session, badly, and was asked to do it again.",
    "Seeing a ninth-grade room changed what I tell my sixth graders that they will need.",
    "I met two people at the summer convening and we have talked every other week since.",
    "I write down the mathematics that students invent, with their names on it.",
)
USEFUL_ANSWERS: tuple[str, ...] = (
    "Sessions at a time that works on the West Coast.",
    "One list of who knows about what. I never know who to ask.",
    "Fewer messages, please. One on Monday would do.",
    "Help with paying a substitute so that I can visit.",
    "More for elementary teachers. The problems often begin at algebra.",
    "Meeting in person a second time in the year.",
    "A way to find people near me. I drive past three schools and know no one in them.",
    "Let members choose the problems.",
    "Something for those of us who teach adults.",
    "Tell us what happened with our answers of last year.",
    "Materials in Spanish.",
    "A smaller group inside the big one.",
    "Credit that my district accepts.",
    "A letter to principals on what this is.",
    "It is fine as it is. Please do not grow too fast.",
    "A call for first-year leads.",
    "Recordings that are shorter than the session.",
    "More time in threes, less in plenary.",
    "To hear earlier when something is planned, so that I can help.",
    "To be asked to do something.",
    "An introduction. I am shy, and a large call is hard.",
    "Help with the first session in our town.",
    "Problems sorted by how long they take.",
    "Clearer ways to say no to a decision.",
    "A place for half-finished ideas.",
)

# Who could have given the answer, and when: a field of the member (or "new", "wave") and its value.
WHO_COULD_SAY: dict[str, tuple[str, str]] = {
    "A colleague in Minnesota reads my lesson plans on Thursdays. I read hers on Fridays.": ("region", "Georgia"),
    "My fifth graders write to a class a thousand miles away. They check each step before they post it.": (
        "band",
        "K-5",
    ),
    "Seeing a ninth-grade room changed what I tell my sixth graders that they will need.": ("band", "6-8"),
    "Nothing yet, I have only been here for six weeks.": ("new", "yes"),
    "I began a circle. Five people. It is the best hour of my month.": ("region", "Vermont"),
    "I led a session, badly, and was asked to do it again.": ("wave", "Fall 2026"),
    "I met two people at the summer convening and we have talked every other week since.": ("wave", "Fall 2026"),
    "Sessions at a time that works on the West Coast.": ("region", "Oregon"),
    "Fewer messages, please. One on Monday would do.": ("wave", "Fall 2025"),
    "Tell us what happened with our answers of last year.": ("wave", "Fall 2025"),
    "Help with paying a substitute so that I can visit.": ("wave", "Fall 2025"),
    "More for elementary teachers. The problems often begin at algebra.": ("band", "K-5"),
    "Something for those of us who teach adults.": ("band", "College"),
    "A call for first-year leads.": ("leadership", "Circle lead"),
    "Help with the first session in our town.": ("community", "Rural"),
}

ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "Too many messages, from too many places.",
        "One message on Mondays. The old mailing list was closed in January.",
        "2026-01-15",
        "yes",
        USEFUL,
    ),
    (
        "No one told us what came of last year's answers.",
        "This page, read out at each convening.",
        "2026-02-07",
        "yes",
        USEFUL,
    ),
    (
        "Visits fail for want of a substitute.",
        "A small fund pays for twenty days this year. Members decide who gets them.",
        "2026-09-01",
        "yes",
        USEFUL,
    ),
    (
        "The problems begin at algebra.",
        "Two elementary teachers choose every third problem.",
        "2026-12-15",
        "no",
        USEFUL,
    ),
    (
        "Decisions feel made before the call begins.",
        "Agendas go out a week ahead, with what is still open on top.",
        "2026-11-01",
        "",
        "",
    ),
    ("I never know who to ask.", "", "2027-01-31", "", USEFUL),
)

REFLECTIONS: tuple[str, ...] = (
    "We say that we decide together, and then the deadline decides.",
    "Trust came quickest where people had done mathematics side by side.",
    "I am the one who holds on to information. I did not know until today.",
    "A plan for the year helps our principals. I would not give it up.",
    "Our district is good at control, and children are safe because of it.",
    "In our circle leadership goes around. In our school it does not.",
    "The purpose carries us through weeks in which the calendar is a mess.",
    "I would like us to be slower.",
    "We share what went well. We do not share what went wrong.",
    "Someone has to sign the form. That need not mean that someone has to decide.",
    "The best things this year were on no one's plan.",
    "Tasks first is how I care for people, too.",
)
